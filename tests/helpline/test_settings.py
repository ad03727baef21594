"""Settings: everything from the environment, and no start without a secret."""

import json
import logging
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from helpline.celery import app
from helpline.logs import AllowListFormatter
from tests.checks import environment

REQUIRED = ["SECRET_KEY", "HELPLINE_KEYS", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "EMAIL_URL"]
Load = Callable[..., dict[str, Any]]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Load:
    """The settings a production server gets; variables may be changed, or taken away by None."""

    def loaded(**changes: str | None) -> dict[str, Any]:
        for name, value in {**environment(), **changes}.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        return runpy.run_path("helpline/settings.py")

    return loaded


@pytest.mark.parametrize("empty", [None, ""])
@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_secret_refuses_and_names_the_variable(name: str, empty: str | None, load: Load) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^{name} is not set"):
        load(**{name: empty})


def test_no_command_starts_without_a_secret() -> None:
    variables = environment()
    del variables["HELPLINE_KEYS"]
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, env=variables, capture_output=True, text=True)
    assert done.returncode != 0
    assert "HELPLINE_KEYS is not set" in done.stderr
    assert variables["SECRET_KEY"] not in done.stderr


def test_a_secret_may_lie_in_a_file(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "secret"
    path.write_text("from-a-file\n", encoding="utf-8")
    assert load(SECRET_KEY=None, SECRET_KEY_FILE=str(path))["SECRET_KEY"] == "from-a-file"


def test_production_is_what_one_gets_without_saying_anything(load: Load) -> None:
    settings = load(HELPLINE_ENV=None)
    assert settings["SESSION_COOKIE_NAME"] == "__Host-session"
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True


def test_debug_cannot_be_switched_on(load: Load) -> None:
    assert load(DEBUG="1", HELPLINE_ENV="development")["DEBUG"] is False


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
def test_mail_goes_where_its_address_says(url: str, setting: str, expected: object, load: Load) -> None:
    assert load(EMAIL_URL=url)[setting] == expected


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("EMAIL_URL", "pigeon://secret-word@roof", "EMAIL_URL is none of"),
        ("DATABASE_URL", "postgresql://me:secret-word@[host/x", "DATABASE_URL is no PostgreSQL address"),
    ],
)
def test_an_address_that_makes_no_sense_is_refused_without_being_repeated(
    name: str, value: str, words: str, load: Load
) -> None:
    with pytest.raises(ImproperlyConfigured, match=words) as refusal:
        load(**{name: value})
    assert "secret-word" not in str(refusal.value)
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


def test_only_the_web_process_pools_its_connections(load: Load) -> None:
    assert load(DB_POOL="on")["DATABASES"]["default"]["OPTIONS"]["pool"]["max_size"] == 5
    assert "pool" not in load(DB_POOL=None)["DATABASES"]["default"]["OPTIONS"]


def test_values_are_bound_on_the_server_and_nothing_runs_for_ever(load: Load) -> None:
    options = load()["DATABASES"]["default"]["OPTIONS"]
    assert options["server_side_binding"] is True
    assert "-c statement_timeout=30s" in options["options"]
    assert "-c idle_in_transaction_session_timeout=60s" in options["options"]


def test_sign_in_guards_do_not_live_in_redis(load: Load) -> None:
    settings = load()
    assert settings["CACHES"]["default"] == settings["CACHES"][settings["AXES_CACHE"]]
    assert settings["CACHES"]["default"]["BACKEND"].endswith("DatabaseCache")


def test_celery_messages_carry_no_readable_copy_of_their_arguments() -> None:
    message = app.amqp.as_task_v2("id", "name", ["canary"], {"key": "canary"})
    assert (message.headers["argsrepr"], message.headers["kwargsrepr"]) == ("-", "-")
    assert "canary" not in str(message.headers)


def test_a_log_line_holds_only_what_is_on_the_list() -> None:
    try:
        raise ValueError("canary")
    except ValueError:
        failure = sys.exc_info()
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "Not found: %s", ("/p?q=canary",), failure)
    record.__dict__.update(phone="canary", status_code=404)
    line = AllowListFormatter().format(record)
    assert "canary" not in line
    assert json.loads(line)["status_code"] == 404
    assert json.loads(line)["error"] == "ValueError"


def test_a_failed_task_is_logged_without_the_words_of_its_error() -> None:
    words = {"name": "cases.tasks.deliver", "id": "1", "description": "raised unexpected", "exc": "canary"}
    record = logging.LogRecord("celery.app.trace", logging.ERROR, "f", 1, "%(name)s %(exc)s", (words,), None)
    assert "canary" not in AllowListFormatter().format(record)
