"""Settings come from the environment, work without it, and refuse bad values loudly."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def manage(*arguments, **environment):
    """manage.py in a process of its own, with nothing in its environment but this."""
    given = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"} | environment
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=given, capture_output=True, text=True, timeout=60
    )


def test_a_server_is_ready_for_the_internet(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", DATA_DIR=str(tmp_path), BEHIND_TLS="true")
    assert done.returncode == 0, done.stderr


def test_the_key_is_made_once_and_is_nobody_elses_business(tmp_path):
    keys = [
        manage(
            "shell", "-v0", "-c", "from django.conf import settings as s; print(s.SECRET_KEY)", DATA_DIR=str(tmp_path)
        )
        for _ in range(2)
    ]
    assert keys[0].stdout == keys[1].stdout and len(keys[0].stdout.strip()) > 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", "maybe", "DEBUG='maybe': write true or false"),
        ("BEHIND_TLS", "2", "BEHIND_TLS='2': write true or false"),
        ("PROXY_COUNT", "-1", "PROXY_COUNT='-1': write a whole number from 0 to 5"),
        ("SESSION_HOURS", "²", "SESSION_HOURS='²': write a whole number from 1 to 72"),
        ("SESSION_IDLE_MINUTES", "0", "SESSION_IDLE_MINUTES='0': write a whole number from 5 to 4320"),
        ("INVITATION_DAYS", "a week", "INVITATION_DAYS='a week': write a whole number from 1 to 90"),
        ("EMAIL_PORT", "smtp", "EMAIL_PORT='smtp': write a whole number from 1 to 65535"),
        ("EMAIL_USE_SSL", "tls", "EMAIL_USE_SSL='tls': write true or false"),
        ("DATABASE_URL", "mysql://root@127.0.0.1/budget", "DATABASE_URL: use sqlite:///… or postgres://…"),
    ],
)
def test_a_bad_value_is_refused_by_name(tmp_path, name, value, said):
    done = manage("check", DATA_DIR=str(tmp_path), **{name: value})
    assert done.returncode != 0 and said in done.stderr


def test_mail_is_encrypted_in_one_way(tmp_path):
    both = manage("check", DATA_DIR=str(tmp_path), EMAIL_USE_TLS="true", EMAIL_USE_SSL="true")
    assert both.returncode != 0 and "write true for one of them only" in both.stderr


def test_without_a_mail_server_reminding_says_so_and_no_password(tmp_path):
    given = {"DATA_DIR": str(tmp_path), "EMAIL_HOST_USER": "budget@example.cn", "EMAIL_HOST_PASSWORD": "hunter2"}
    assert manage("migrate", "-v0", **given).returncode == 0
    done = manage("remind", **given)
    assert done.returncode == 2 and "没有设置 EMAIL_HOST" in done.stderr and "Traceback" not in done.stderr
    assert manage("remind", EMAIL_HOST="127.0.0.1", CSRF_TRUSTED_ORIGINS="https://a.cn", **given).returncode == 0
    assert "hunter2" not in done.stdout + done.stderr


def variables(path):
    """The names that a file wants from the environment: ${NAME}."""
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "deploy" / path).read_text(encoding="utf-8")))


def test_everything_that_nginx_wants_is_given_and_explained():
    wanted = variables("nginx.conf.template")
    compose = (ROOT / "deploy/compose.yaml").read_text(encoding="utf-8")
    readme = (ROOT / "deploy/README.md").read_text(encoding="utf-8")
    assert {name for name in wanted if f"      {name}:" not in compose} == set()
    assert {name for name in wanted if f"${name}" not in readme} == set()


def test_everything_that_compose_wants_is_explained():
    readme = (ROOT / "deploy/README.md").read_text(encoding="utf-8")
    assert {name for name in variables("compose.yaml") if f"`{name}" not in readme} == set()


def test_every_variable_in_the_sample_is_explained():
    sample = (ROOT / "deploy/env.example").read_text(encoding="utf-8")
    readme = (ROOT / "deploy/README.md").read_text(encoding="utf-8")
    assert {n for n in re.findall(r"^([A-Z_]+)=", sample, re.M) if f"| `{n}` |" not in readme} == set()
