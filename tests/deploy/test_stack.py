"""The server as a county runs it: started from the files in deploy/, walked like a reader would."""

import gzip
import re
import shutil
import subprocess
import urllib.error
import urllib.request

import pytest

from tests.deploy.conftest import ROOT, commands, postgres_tool, unit

pytestmark = pytest.mark.deployment
ORIGINALS = ROOT / "tests" / "files" / "originals"
DISCLOSURE = "/130324/909/2024/"


def ask(address, **headers):
    """(status, headers, body) of an address, redirects not followed."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


@pytest.fixture(scope="module")
def published(site, environment):
    """The site with the reference budget, imported and published by the commands of the service."""
    python = commands("township-budget.service", "ExecStartPre")[0][0]
    for words in (
        ["import_budget", str(ORIGINALS / "liujiaying-2024.docx")],
        ["publish_budget", "130324", "909", "2024", "--break-glass", "合计漏填，已按明细补列。"],
    ):
        subprocess.run([python, "manage.py", *words], cwd=ROOT, env=environment, check=True, capture_output=True)
    return site


def test_every_public_page_can_be_walked_to(published):
    found, waiting = {}, ["/"]
    while waiting:
        path = waiting.pop()
        status, headers, body = ask(published + path)
        found[path] = status
        if "text/html" in headers["Content-Type"]:
            links = set(re.findall(r'href="(/[^"#?]*)', body.decode()))
            waiting += sorted(link for link in links - found.keys() - set(waiting) if not link.startswith("/admin"))
    assert {path: status for path, status in found.items() if status != 200} == {}
    expected = [f"{DISCLOSURE}tables/{n}/" for n in range(1, 10)] + [
        f"{DISCLOSURE}narrative/{n}/" for n in range(1, 12)
    ]
    assert set(expected) <= found.keys()
    assert len([path for path in found if re.fullmatch(rf"{DISCLOSURE}projects/\w+/", path)]) == 18
    assert {f"{DISCLOSURE}disclosure.{kind}" for kind in ("xlsx", "csv", "json")} <= found.keys()


def test_pages_are_compressed_kept_and_guarded(published):
    status, headers, body = ask(published + DISCLOSURE + "tables/3/", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip" and len(body) < 10_000
    assert "支出总表" in gzip.decompress(body).decode()
    assert "max-age=300" in headers["Cache-Control"] and headers["Set-Cookie"] is None
    assert headers["X-Content-Type-Options"] == "nosniff" and "max-age=31536000" in headers["Strict-Transport-Security"]
    assert "script" not in headers["Content-Security-Policy"] and "nginx/" not in headers["Server"]
    again = ask(published + DISCLOSURE + "tables/3/", **{"If-None-Match": headers["ETag"], "Accept-Encoding": "gzip"})
    assert again[0] == 304


def test_static_files_have_names_that_may_be_kept_for_ever(published):
    _, _, body = ask(published + "/")
    for address in re.findall(r'"(/static/[^"]+)"', body.decode()):
        status, headers, _ = ask(published + address)
        assert status == 200 and "immutable" in headers["Cache-Control"] and re.search(r"\.[0-9a-f]{12}\.", address)


def test_the_back_office_asks_who_is_there(published):
    status, headers, _ = ask(published + "/admin/")
    assert status == 302 and headers["Location"].startswith("/admin/login/")
    status, headers, body = ask(published + headers["Location"])
    assert status == 200 and "csrfmiddlewaretoken" in body.decode() and "Secure" in headers["Set-Cookie"]


def test_too_big_an_upload_is_refused_in_chinese(published):
    request = urllib.request.Request(published + "/admin/budget/budget/add/", data=b"x" * (7 << 20), method="POST")
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=20)
    assert refusal.value.code == 413 and "其他文件不能超过 5 MB" in refusal.value.read().decode()


def test_the_site_says_so_while_it_is_down_and_comes_back(published, gunicorn):
    process, start = gunicorn
    process.terminate()
    assert process.wait(40) == 0
    status, headers, body = ask(published + "/")
    assert status == 503 and "暂时打不开" in body.decode() and headers["Retry-After"] == "30"
    gunicorn[0] = start()
    assert ask(published + DISCLOSURE)[0] == 200


def test_a_backup_restores_to_the_same_publication(published, environment, database):
    (command,) = commands("township-budget-backup.service", "ExecStart")
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    file = done.stdout.strip()
    subprocess.run(["sha256sum", "--quiet", "-c", f"{file}.sha256"], cwd=environment["BACKUP_DIR"], check=True)
    server = database.rsplit("/", 1)[0]
    subprocess.run([postgres_tool("createdb"), f"--maintenance-db={server}/postgres", "restored"], check=True)
    restore = [postgres_tool("pg_restore"), "--no-owner", "--exit-on-error", "-d", f"{server}/restored", file]
    subprocess.run(restore, check=True)
    query = "SELECT sha256, md5(content), (SELECT count(*) FROM budget_line) FROM disclosures_publication"
    both = [
        subprocess.run([postgres_tool("psql"), "-Atc", query, address], check=True, capture_output=True).stdout
        for address in (database, f"{server}/restored")
    ]
    assert both[0] == both[1] and both[0].strip()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("name", sorted(one.name for one in (ROOT / "deploy" / "systemd").iterdir()))
def test_systemd_understands_the_units(tmp_path, name):
    for other in (ROOT / "deploy" / "systemd").iterdir():
        section = other.read_text(encoding="utf-8")
        for key, value in unit(other.name):
            section = re.sub(
                rf"^{key}=.*{re.escape(value.split()[-1])}$", f"{key}={value}", section, count=1, flags=re.M
            )
        (tmp_path / other.name).write_text(section, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)], capture_output=True, text=True, timeout=60
    )
    complaints = [line for line in done.stderr.splitlines() if str(tmp_path) in line and "Unknown" in line]
    assert complaints == []
