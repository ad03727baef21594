"""How the web process serves; used by `make run` and by the container alike."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
bind = [f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"]
timeout = 30
graceful_timeout = 10
keepalive = 5
# Slow leaks of any library end here; the jitter keeps both workers from restarting at once.
max_requests = 10_000
max_requests_jitter = 1_000
control_socket_disable = True
# Method, path, status and microseconds: no query, no address, no browser, no referrer.
accesslog = "-"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "ours": {"()": "helpline.logs.AllowListFormatter"},
        "access": {"format": "%(message)s"},
    },
    "handlers": {
        "ours": {"class": "logging.StreamHandler", "formatter": "ours"},
        "access": {"class": "logging.StreamHandler", "formatter": "access"},
    },
    "root": {"level": "INFO", "handlers": ["ours"]},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": ["ours"], "propagate": False},
        "gunicorn.access": {"level": "INFO", "handlers": ["access"], "propagate": False},
    },
}
access_log_format = (
    '{"logger": "access", "method": "%(m)s", "path": "%(U)s", "status_code": %(s)s, "us": %(D)s}'
)
