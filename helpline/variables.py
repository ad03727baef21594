"""Reading the environment: plain variables, secrets in files, addresses of databases and mail servers.

What is wrong is named by its variable; its value, which may be a secret, is never repeated.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

_DATABASE_PARTS = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
_MAIL = "django.core.mail.backends."


def optional(name: str, default: str = "") -> str:
    """Read a variable, or the file that `<NAME>_FILE` points to."""
    path = os.environ.get(f"{name}_FILE")
    if path and name not in os.environ:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default).strip()


def required(name: str) -> str:
    """Read a variable without which nothing may start."""
    value = optional(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Set {name}, or {name}_FILE to a file that holds it.")
    return value


def switch(name: str, default: bool) -> bool:
    """Read an on/off variable."""
    return optional(name, "on" if default else "off").lower() in {"on", "1", "true", "yes"}


def database(url: str, *, keep_seconds: int) -> dict[str, Any]:
    """Turn a connection address into what Django wants."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise ImproperlyConfigured("DATABASE_URL is no PostgreSQL address.") from None
    known = {name: parts.pop(key, "") for name, key in _DATABASE_PARTS.items()}
    limits = {
        "statement_timeout": optional("DB_STATEMENT_TIMEOUT", "30s"),
        "idle_in_transaction_session_timeout": "60s",
        "lock_timeout": "15s",
    }
    options: dict[str, Any] = {
        **parts,
        # Values travel apart from the statement, so that no name or number can end up in a server's log.
        "server_side_binding": True,
        "prepare_threshold": 5,
        "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
    }
    # Celery closes a pool at fork and after each task; only the web process, which has threads, gains by one.
    pooled = switch("DB_POOL", False)
    if pooled:
        most = int(optional("WEB_THREADS", "4")) + 1
        options["pool"] = {
            "min_size": 1,
            "max_size": most,
            "timeout": 5,
            "max_lifetime": 1800,
            "max_idle": 300,
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        **known,
        "CONN_MAX_AGE": 0 if pooled else keep_seconds,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def email(url: str) -> dict[str, Any]:
    """Turn `smtp://user:password@host:25`, `smtps://…`, `console:` or `file:///folder` into Django's settings."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": _MAIL + "console.EmailBackend"}
    if parts.scheme == "file" and parts.path:
        return {"EMAIL_BACKEND": _MAIL + "filebased.EmailBackend", "EMAIL_FILE_PATH": unquote(parts.path)}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL is none of smtp://host:port, smtps://host:port, console:, file:///folder."
        )
    implicit = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": _MAIL + "smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if implicit else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        # In clear only where the relay is this machine.
        "EMAIL_USE_TLS": not implicit and parts.hostname not in {"localhost", "127.0.0.1"},
        "EMAIL_TIMEOUT": 10,
    }
