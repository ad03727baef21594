"""Template tags of the house: icons, badges, times, shells. Usage stands at each tag."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.template.defaultfilters import capfirst
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpline.web import words
from helpline.web.figures import Figure

register = template.Library()

# code -> (class, glyph, word): never colour alone.
URGENCY = {
    "U0": ("critical", "▲▲", gettext_lazy("Critical")),
    "U1": ("high", "▲", gettext_lazy("High")),
    "U2": ("soon", "●", gettext_lazy("Soon")),
    "U3": ("routine", "○", gettext_lazy("Routine")),
    "U4": ("closed", "·", gettext_lazy("Information")),
}
# status -> look; what is not listed looks like "active".
STATUS = {
    "new": "new",
    "open": "new",
    "offered": "new",
    "pending": "waiting",
    "waiting": "waiting",
    "referred": "passed",
    "accepted": "done",
    "done": "done",
    "sent": "done",
    "declined": "failed",
    "dead": "failed",
    "closed": "closed",
    "merged": "closed",
    "cancelled": "closed",
    "withdrawn": "closed",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "phone" %}` beside a word; `{% icon "bell" label=_("Notices") %}` where it stands alone."""
    address = f"{static('icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.simple_tag
def badge(what: Any) -> SafeString:
    """`{% badge case %}` or `{% badge "U0" %}`: urgency as glyph, word and border."""
    code = str(getattr(what, "urgency", what) or "")
    if code not in URGENCY:
        return SafeString("")
    look, glyph, word = URGENCY[code]
    return format_html(
        '<span class="badge {}"><span class="glyph" aria-hidden="true">{}</span>{}</span>', look, glyph, word
    )


@register.simple_tag
def status_badge(what: Any, label: str = "") -> SafeString:
    """`{% status_badge case %}` for anything with a status, or `{% status_badge code label %}`."""
    code = str(getattr(what, "status", what) or "")
    word = label or (what.get_status_display() if hasattr(what, "get_status_display") else "")
    word = word or getattr(what, "label", "") or code
    return format_html('<span class="status {}">{}</span>', STATUS.get(code, "active"), capfirst(word))


@register.simple_tag
def when(moment: datetime | date | None, zone: str | None = None, relative: bool = True) -> SafeString:
    """`{% when call.started_at zone %}`: absolute first, relative second; the zone of the region wins.

    `relative=False` beside a `{% due … %}`, which says the same.
    """
    if moment is None:
        return format_html('<span class="muted">{}</span>', _("unknown"))
    if not isinstance(moment, datetime):
        return format_html(
            '<time datetime="{}">{}</time>', moment.isoformat(), date_format(moment, "SHORT_DATE_FORMAT")
        )
    if not relative:
        return format_html(
            '<time class="when" datetime="{}">{}</time>', words.iso(moment), words.absolute(moment, zone)
        )
    return format_html(
        '<time class="when" datetime="{}">{} <span class="relative" data-relative>({})</span></time>',
        words.iso(moment),
        words.absolute(moment, zone),
        words.relative(moment),
    )


@register.simple_tag
def ago(moment: datetime | None, zone: str | None = None) -> SafeString:
    """`{% ago case.updated_at %}`: only "9 min ago", the absolute time as a title; for dense tables."""
    if moment is None:
        return SafeString("")
    return format_html(
        '<time class="nowrap" datetime="{}" title="{}" data-relative>{}</time>',
        words.iso(moment),
        words.absolute(moment, zone),
        words.relative(moment),
    )


@register.simple_tag
def due(moment: datetime | None, zone: str | None = None) -> SafeString:
    """`{% due follow_up.due_at zone %}`: "in 1 h 54 min" or "overdue 0 h 24 min", the time as a title."""
    if moment is None:
        return format_html('<span class="muted">{}</span>', _("no time set"))
    left = moment - timezone.now()
    look = "late" if left < timedelta() else "near" if left < timedelta(hours=3) else "calm"
    return format_html(
        '<time class="due {}" datetime="{}" title="{}" data-due>{}</time>',
        look,
        words.iso(moment),
        words.absolute(moment, zone),
        words.due(moment),
    )


@register.filter
def greatest(rows: Iterable[Figure]) -> int:
    """The greatest among figures, at least 1."""
    return max((row.figure for row in rows), default=1) or 1


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    symbol: str = "",
    look: str = "",
    level: int = 2,
    id: str = "",  # noqa: A002
) -> SafeString:
    """`{% card title=_("Detention") symbol="lock" look="urgent" %}…{% endcard %}`; look="flush" for tables."""
    head = format_html(
        '<div class="card-head"><h{0}>{1} {2}</h{0}></div>', level, icon(symbol) if symbol else "", title
    )
    return format_html(
        '<section class="card {}"{}>{}{}</section>',
        look,
        format_html(' id="{}"', id) if id else "",
        head if title else "",
        mark_safe(content),  # noqa: S308 - rendered by the template, already escaped there
    )


@register.simple_block_tag
def table(content: str, label: str, look: str = "cards") -> SafeString:
    """`{% table label=_("Queue") %}<thead>…</thead><tbody>…</tbody>{% endtable %}`: scrolls inside its own region."""
    return format_html(
        '<div class="table-scroll" role="region" aria-label="{}" tabindex="0"><table class="table {}">{}</table></div>',
        label,
        look,
        mark_safe(content),  # noqa: S308 - rendered by the template, already escaped there
    )


@register.filter
def in_minutes(span: timedelta) -> int:
    """A span of time as whole minutes, at least one."""
    return max(1, round(span.total_seconds() / words.MINUTE))


@register.filter
def in_fours(text: str) -> str:
    """A long key in groups that can be read aloud."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@register.filter
def qr(svg: str) -> SafeString:
    """The picture of a set-up key, without its XML declaration; made by us, nothing in it comes from people."""
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308
