"""Settings: everything from the environment, and no start without a secret."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from helpline.celery import app
from helpline.logs import AllowListFormatter
from tests.checks import environment

REQUIRED = ["SECRET_KEY", "HELPLINE_KEYS", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "EMAIL_URL"]


def value_of(setting: str, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own and print one of them."""
    code = f"from django.conf import settings; print(repr(settings.{setting}))"
    return subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_secret_refuses_to_start_and_names_the_variable(name: str) -> None:
    variables = environment()
    del variables[name]
    done = value_of("SECRET_KEY", variables)
    assert done.returncode != 0
    assert f"{name} is not set" in done.stderr


@pytest.mark.parametrize("name", REQUIRED)
def test_an_empty_secret_is_a_missing_one(name: str) -> None:
    assert f"{name} is not set" in value_of("DEBUG", environment(**{name: ""})).stderr


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("from-a-file\n", encoding="utf-8")
    variables = environment(SECRET_KEY_FILE=str(path))
    del variables["SECRET_KEY"]
    assert value_of("SECRET_KEY", variables).stdout == "'from-a-file'\n"


def test_production_is_what_one_gets_without_saying_anything() -> None:
    variables = environment()
    del variables["HELPLINE_ENV"]
    assert value_of("SESSION_COOKIE_NAME", variables).stdout == "'__Host-session'\n"


def test_debug_cannot_be_switched_on() -> None:
    assert value_of("DEBUG", environment(DEBUG="1", HELPLINE_ENV="development")).stdout == "False\n"


@pytest.mark.parametrize(
    ("url", "setting", "expected"),
    [
        ("smtps://me%40mail:p%3Aw@mail.example", "EMAIL_HOST_USER", "me@mail"),
        ("smtps://me%40mail:p%3Aw@mail.example", "EMAIL_PORT", 465),
        ("smtp://mail.example", "EMAIL_USE_TLS", True),
        ("smtp://localhost:1025", "EMAIL_USE_TLS", False),
        ("console:", "EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"),
        ("file:///var/mail%20box", "EMAIL_FILE_PATH", "/var/mail box"),
    ],
)
def test_mail_goes_where_its_address_says(url: str, setting: str, expected: object) -> None:
    assert value_of(setting, environment(EMAIL_URL=url)).stdout == f"{expected!r}\n"


def test_an_address_for_mail_that_nobody_knows_is_refused_without_being_repeated() -> None:
    done = value_of("EMAIL_BACKEND", environment(EMAIL_URL="pigeon://secret-name@roof"))
    assert "EMAIL_URL is none of" in done.stderr
    assert "secret-name" not in done.stderr


def test_a_broken_database_address_is_refused_without_being_repeated() -> None:
    done = value_of("DATABASES", environment(DATABASE_URL="postgresql://me:secret-word@[host/x"))
    assert "DATABASE_URL is no PostgreSQL address" in done.stderr.splitlines()[-1]


def test_only_the_web_process_pools_its_connections() -> None:
    pooled = value_of("DATABASES['default']['OPTIONS'].get('pool')", environment(DB_POOL="on"))
    single = value_of("DATABASES['default']['OPTIONS'].get('pool')", environment())
    assert "'max_size': 5" in pooled.stdout
    assert single.stdout == "None\n"


def test_values_are_bound_on_the_server() -> None:
    assert (
        value_of("DATABASES['default']['OPTIONS']['server_side_binding']", environment()).stdout == "True\n"
    )


def test_celery_messages_carry_no_readable_copy_of_their_arguments() -> None:
    message = app.amqp.as_task_v2("id", "name", ["canary"], {"key": "canary"})
    assert (message.headers["argsrepr"], message.headers["kwargsrepr"]) == ("-", "-")
    assert "canary" not in str(message.headers)


def test_a_log_line_holds_only_what_is_on_the_list() -> None:
    try:
        raise ValueError("canary")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "Not found: %s", ("/p?q=canary",), sys.exc_info()
        )
    record.__dict__.update(phone="canary", status_code=404)
    line = AllowListFormatter().format(record)
    assert "canary" not in line
    assert json.loads(line)["status_code"] == 404
    assert json.loads(line)["error"] == "ValueError"
