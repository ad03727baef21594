"""Requests as a web process gets them, without sockets: the WSGI application, a session or a token, a body."""

import io
from collections.abc import Callable
from typing import Any

import orjson
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.middleware.csrf import _get_new_csrf_string
from django.test import RequestFactory

from cases.models import User
from tests.web.people import signed_in


class Browser:
    """Somebody signed in, both steps done, who asks the application again and again."""

    def __init__(self, user: User, application: WSGIHandler | None = None) -> None:
        self.application = application or get_wsgi_application()
        self.csrf = _get_new_csrf_string()
        cookies = {settings.SESSION_COOKIE_NAME: _session_of(user), settings.CSRF_COOKIE_NAME: self.csrf}
        self.headers = {
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "HTTP_X_CSRFTOKEN": self.csrf,
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "*/*",
        }
        self._factory = RequestFactory()

    def get(self, path: str) -> Callable[[], bytes]:
        """A request that may be sent many times."""
        environ = self._factory._base_environ(**self.headers)
        environ["PATH_INFO"], _question, environ["QUERY_STRING"] = path.partition("?")
        return lambda: self._send(environ, b"")

    def post_json(
        self, path: str, body: Callable[[], dict[str, Any]], expect: int = 201
    ) -> Callable[[], bytes]:
        """A POST whose body is made anew each time."""
        environ = self._factory._base_environ(**self.headers)
        environ |= {"PATH_INFO": path, "REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/json"}
        return lambda: self._send(environ, orjson.dumps(body()), expect)

    def post_form(self, path: str, body: Callable[[], bytes], expect: int = 302) -> Callable[[], bytes]:
        """The same from a form."""
        environ = self._factory._base_environ(**self.headers)
        kind = "application/x-www-form-urlencoded"
        environ |= {"PATH_INFO": path, "REQUEST_METHOD": "POST", "CONTENT_TYPE": kind}
        return lambda: self._send(environ, body(), expect)

    def _send(self, environ: dict[str, Any], body: bytes, expect: int = 200) -> bytes:
        told: list[str] = []
        fresh = {**environ, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        response = self.application(fresh, lambda status, _headers: told.append(status))
        content = b"".join(response)
        response.close()
        if not told[0].startswith(str(expect)):
            raise AssertionError(f"{environ['PATH_INFO']} answered {told[0]}: {content[:300]!r}")
        return content


def _session_of(user: User) -> str:
    return str(signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value)
