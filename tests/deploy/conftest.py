"""A whole server on loopback, started from the files in deploy/: PostgreSQL, gunicorn and nginx."""

import contextlib
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
INSTALLED = "/opt/township-budget"


def free_port():
    """A port of 127.0.0.1 that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def postgres_tool(name):
    """The newest installed PostgreSQL program of this name."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def as_postgres(command):
    """PostgreSQL refuses to run as root; root runs it as its own user."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def wait_for(answers, seconds=30):
    """Wait until `answers()` is true, or fail."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if answers():
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answered within {seconds} s")


@contextlib.contextmanager
def running(command, log, **options):
    """A process of ours, ended by us."""
    with open(log, "ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, **options)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(40)


@pytest.fixture(scope="session")
def folder():
    """A folder that other users may enter: PostgreSQL and nginx are not root."""
    path = Path(tempfile.mkdtemp(prefix="township-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def database(folder):
    """The address of a database in a PostgreSQL cluster of our own."""
    data, port = folder / "postgres", free_port()
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(data, "postgres")
    initdb = [postgres_tool("initdb"), "-D", str(data), "-U", "budget", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run(as_postgres(initdb), check=True, capture_output=True, cwd="/")
    server = [postgres_tool("postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", ""]
    address = f"postgres://budget@127.0.0.1:{port}"
    with running(as_postgres(server), folder / "postgres.log", cwd="/"):
        wait_for(lambda: subprocess.run([postgres_tool("pg_isready"), "-q", "-d", address]).returncode == 0)
        subprocess.run([postgres_tool("createdb"), f"--maintenance-db={address}/postgres", "budget"], check=True)
        yield f"{address}/budget"


@pytest.fixture(scope="session")
def environment(folder, database):
    """The environment of the service: env.example with this machine's addresses."""
    sample = dict(re.findall(r"^([A-Z_]+)=(.*)$", (DEPLOY / "env.example").read_text(encoding="utf-8"), re.M))
    here = {
        "DATABASE_URL": database,
        "DATA_DIR": str(folder / "data"),
        "ALLOWED_HOSTS": "127.0.0.1",
        "CSRF_TRUSTED_ORIGINS": "https://127.0.0.1",
        "GUNICORN_BIND": f"127.0.0.1:{free_port()}",
        "BACKUP_DIR": str(folder / "backups"),
    }
    assert here.keys() <= sample.keys()
    tools = os.path.dirname(postgres_tool("pg_dump"))
    return {"PATH": f"{tools}:{os.environ['PATH']}", "PYTHONDONTWRITEBYTECODE": "1"} | sample | here


def unit(name):
    """[(key, value)] of a systemd unit, with this checkout and this Python in place of the installed ones."""
    text = (DEPLOY / "systemd" / name).read_text(encoding="utf-8")
    text = text.replace(f"{INSTALLED}/.venv/bin", os.path.dirname(sys.executable)).replace(INSTALLED, str(ROOT))
    return re.findall(r"^(\w+)=(.*)$", text, re.M)


def commands(name, key):
    """The commands that a unit gives under this key."""
    return [shlex.split(value) for found, value in unit(name) if found == key]


@pytest.fixture(scope="session")
def gunicorn(folder, environment):
    """gunicorn as township-budget.service starts it; gives a function that starts it anew after it was ended."""
    for command in commands("township-budget.service", "ExecStartPre"):
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    (command,) = commands("township-budget.service", "ExecStart")
    with contextlib.ExitStack() as stack:

        def start():
            process = stack.enter_context(running(command, folder / "gunicorn.log", cwd=ROOT, env=environment))
            wait_for(lambda: _is_well(f"http://{environment['GUNICORN_BIND']}/healthz"))
            return process

        yield [start(), start]


def _is_well(address):
    request = urllib.request.Request(address, headers={"X-Forwarded-Proto": "https"})
    return urllib.request.urlopen(request, timeout=2).read() == b"ok\n"


@pytest.fixture(scope="session")
def site(folder, environment, gunicorn):
    """The address of nginx, configured from the template, in front of gunicorn."""
    port = free_port()
    given = {
        "LISTEN": f"127.0.0.1:{port}",
        "SERVER_NAME": "127.0.0.1",
        "UPSTREAM": environment["GUNICORN_BIND"],
        "STATIC_ROOT": f"{environment['DATA_DIR']}/static",
        "FORWARDED_PROTO": "https",
    }
    text = (DEPLOY / "nginx.conf.template").read_text(encoding="utf-8")
    for name, value in given.items():
        text = text.replace(f"${{{name}}}", value)
    config = folder / "nginx.conf"
    config.write_text(_around(folder) + text + "}\n", encoding="utf-8")
    with running(["nginx", "-p", str(folder), "-c", str(config), "-e", "stderr"], folder / "nginx.log"):
        wait_for(lambda: _is_well(f"http://127.0.0.1:{port}/healthz"))
        yield f"http://127.0.0.1:{port}"


def _around(folder):
    """What Debian's nginx.conf says around a site, with all paths in our folder."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "user root;\n" if os.geteuid() == 0 else ""
    return (
        f"{user}daemon off;\npid {folder}/nginx.pid;\nworker_processes 1;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{paths}"
    )
