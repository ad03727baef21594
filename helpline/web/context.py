"""What the shell around every page needs: entries by role, unread notices, theme and languages."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from cases.rules import may
from helpline.web import words
from helpline.web.preferences import COOKIES, THEMES


@dataclass(frozen=True)
class Entry:
    """One link of the top bar, with its keys and the verb of those who get it."""

    name: str
    label: str | Promise
    icon: str
    keys: str
    verb: str
    url: str = ""
    current: bool = False


ENTRIES = (
    Entry("web:my_day", _("My day"), "list-checks", "KeyG KeyM", "hold case"),
    Entry("web:queue", _("Queue"), "layers", "KeyG KeyQ", "hold case"),
    Entry("web:calls", _("Calls"), "phone", "KeyG KeyC", "see call"),
    Entry("web:incidents", _("Incidents"), "siren", "KeyG KeyI", "see incident"),
    Entry("web:dashboard", _("Dashboard"), "chart-column", "KeyG KeyD", "see statistics"),
    Entry("web:referrals", _("Referrals"), "hand-helping", "KeyG KeyR", "accept referral"),
    Entry("web:audit", _("Audit"), "history", "KeyG KeyA", "see audit"),
)


class Shell:
    """Reads lazily: a fragment that shows no shell costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def role(self) -> str:
        """The signed-in person's role, or nothing."""
        return str(getattr(self.request.user, "role", "")) if hasattr(self.request, "user") else ""

    def _may(self, verb: str) -> bool:
        return bool(self.role) and may(self.request.user, verb)

    @cached_property
    def entries(self) -> list[Entry]:
        """Links of the top bar that are for this role."""
        entries = [replace(entry, url=reverse(entry.name)) for entry in ENTRIES if self._may(entry.verb)]
        return [replace(entry, current=self.request.path.startswith(entry.url)) for entry in entries]

    @cached_property
    def home(self) -> str:
        """Where the product's name leads."""
        return reverse("web:home")

    @cached_property
    def new_call(self) -> str:
        """The page where a call is written down."""
        return reverse("web:call_new") if self._may("log call") else ""

    @cached_property
    def search(self) -> str:
        """The search page."""
        return reverse("web:search") if self._may("see call") else ""

    @cached_property
    def notices(self) -> str:
        """The inbox."""
        return reverse("web:notices") if self.role else ""

    @cached_property
    def unread(self) -> int:
        """How many notices wait to be read; the hundredth is not counted."""
        from cases.models import Notice

        waiting = Notice.objects.visible_to(self.request.user).filter(read_at=None)
        return len(waiting.values_list("pk", flat=True).order_by()[:100])

    @cached_property
    def theme(self) -> str:
        """light, dark, or nothing where the device decides."""
        chosen = self.request.COOKIES.get(COOKIES["theme"], "")
        return chosen if chosen in THEMES and chosen != "auto" else ""

    @cached_property
    def single_keys(self) -> bool:
        """Whether single letters act; some people's tools type them by themselves."""
        return self.request.COOKIES.get(COOKIES["keys"]) != "off"

    @cached_property
    def return_to(self) -> str:
        """Where to come back after a switch; an answer to a form has no address of its own."""
        return self.request.get_full_path() if self.request.method == "GET" else self.home

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Codes with their names in their own language."""
        own = {"en": "English", "ru": "Русский"}
        return [(code, own[code]) for code, _name in settings.LANGUAGES]

    @property
    def idle_seconds(self) -> int:
        """After how long without activity the session ends."""
        return int(settings.SESSION_IDLE_SECONDS)

    @property
    def times(self) -> dict[str, str | Promise]:
        """Words for the script that keeps times fresh."""
        return words.for_scripts()


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"shell": Shell(request)}
