"""Addresses of the pages. References and ids only: nothing about a person ever stands in an address."""

from django.urls import path, register_converter

from cases.reference import clean_reference
from helpline.web.views import (
    calls,
    cases,
    dashboard,
    follow_ups,
    home,
    incidents,
    intake,
    notices,
    oversight,
    people,
    referrals,
    search,
    steps,
)


class Reference:
    """A record's reference as somebody may type it; a wrong check character is no address at all."""

    regex = "[^/]{8,12}"

    def to_python(self, value: str) -> str:
        """In our own writing."""
        reference = clean_reference(value)
        if reference is None:
            raise ValueError
        return reference

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(Reference, "reference")

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", intake.call_new, name="call_new"),
    path("calls/lookup/", intake.lookup, name="lookup"),
    path("calls/<reference:reference>/", calls.call, name="call"),
    path("calls/<reference:reference>/link/", calls.link, name="call_link"),
    path("cases/", cases.queue, name="queue"),
    path("cases/fresh/", cases.fresh, name="queue_fresh"),
    path("cases/<reference:reference>/", cases.case, name="case"),
    path("cases/<reference:reference>/triage/", steps.triage, name="triage"),
    path("cases/<reference:reference>/assign/", steps.assign, name="assign"),
    path("cases/<reference:reference>/plan/", steps.plan, name="plan"),
    path("cases/<reference:reference>/detention/", steps.detention, name="detention"),
    path("cases/<reference:reference>/refer/", steps.refer, name="refer"),
    path("cases/<reference:reference>/close/", steps.close, name="close"),
    path("cases/<reference:reference>/reopen/", steps.reopen, name="reopen"),
    path("cases/<reference:reference>/end-detention/", steps.end, name="end_detention"),
    path("people/<reference:reference>/", people.person, name="person"),
    path("my-day/", follow_ups.my_day, name="my_day"),
    path("follow-ups/", follow_ups.follow_ups, name="follow_ups"),
    path("follow-ups/<uuid:pk>/", follow_ups.follow_up, name="follow_up"),
    path("follow-ups/<uuid:pk>/complete/", follow_ups.complete, name="complete"),
    path("follow-ups/<uuid:pk>/postpone/", follow_ups.postpone, name="postpone"),
    path("notices/", notices.notices, name="notices"),
    path("notices/unread/", notices.unread, name="notices_unread"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/<uuid:pk>/open/", notices.open_notice, name="notice_open"),
    path("search/", search.search, name="search"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/<reference:reference>/", incidents.incident, name="incident"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<uuid:pk>/", referrals.referral, name="referral"),
    path("referrals/<uuid:pk>/accept/", referrals.accept, name="accept"),
    path("referrals/<uuid:pk>/decline/", referrals.decline, name="decline"),
    path("audit/", oversight.audit, name="audit"),
]
