"""Log lines that hold only what is on a list: the server's logs are the first thing that gets copied."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

# What a line may carry beside its message. Everything else that is handed to a logger is left out.
ALLOWED = (
    "status_code",
    "method",
    "path",
    "duration_ms",
    "request_id",
    "task",
    "kind",
    "count",
    "subject_id",
    "verb",
)
_QUERY = re.compile(r"\?\S*")


class AllowListFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message and the allowed keys.

    An exception is told by its type and the places in the code it passed; its own words are left out,
    because databases and parsers like to quote the value they did not understand.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _QUERY.sub("", _message(record)),
        }
        line.update({key: record.__dict__[key] for key in ALLOWED if key in record.__dict__})
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = [
                f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    """The message; Celery's lines about failed tasks without the words of the error."""
    if isinstance(record.args, dict) and "exc" in record.args:
        return f"{record.args.get('name')} {record.args.get('description')}"
    return record.getMessage()
