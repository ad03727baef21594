"""Writing a call down: two required answers, nothing typed is lost, nothing is written twice."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.enums import CallOutcome, Certainty, Topic
from cases.models import Call, Case, Detention, Person
from cases.regions import region_zone
from tests import factories
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

NEW = "/calls/new/"
TYPED = {
    "caller_phone": "+992 000 11 22 33",
    "caller_name": "Фарход",
    "relation": "sibling",
    "language": "tg",
    "contact_safety": "messenger",
    "topic": "detention",
    "about_name": "Каримов Джамшед",
    "nationality": "TJ",
    "region": "RU-MOW",
    "place_note": "ОВД Гольяново",
    "when": "three_hours",
    "flags": ["beaten"],
    "note": "Забрали у метро.",
}


@pytest.fixture
def lola():
    return factories.counsellor("lola")


@pytest.fixture
def page(lola):
    return signed_in(lola)


def typed(**other):
    return {"client_uuid": uuid4(), "started_at": timezone.now().isoformat(), **TYPED, **other}


def test_a_call_becomes_a_case_with_its_detention_and_the_page_says_which(page):
    answer = page.post(NEW, typed(), follow=True)
    case = Case.objects.get()
    assert answer.redirect_chain == [(reverse("web:case", args=[case.reference]), 302)]
    assert f"{case.reference}</a>, U0 Critical." in answer.content.decode()
    call, held = Call.objects.get(), Detention.objects.get()
    assert (call.note, call.language, call.contact_safety) == ("Забрали у метро.", "tg", "messenger")
    assert (held.place_note, held.restricted_certainty) == ("ОВД Гольяново", Certainty.ESTIMATED)
    assert held.restricted_until_at - held.restricted_from_at == timedelta(hours=2)


def test_only_the_number_and_the_name_are_required(page):
    answer = page.post(NEW, {"client_uuid": uuid4(), "topic": "detention"})
    assert set(answer.context["form"].errors) == {"caller_phone", "about_name"}


def test_both_required_answers_have_an_honest_way_out(page):
    answer = page.post(
        NEW, {"client_uuid": uuid4(), "topic": "detention", "phone_hidden": "on", "name_unknown": "on"}
    )
    assert answer.status_code == 302
    assert Person.objects.count() == 0


def test_bad_input_is_told_at_its_field_and_everything_typed_is_kept(page):
    wrong = typed(caller_phone="пять", when="exact", exactly_at="2031-01-01T10:00", region="RU-SPE")
    answer = page.post(NEW, wrong)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert Call.objects.count() == 0
    for text in (
        "пять",
        "Фарход",
        "Каримов Джамшед",
        "ОВД Гольяново",
        "2031-01-01T10:00",
        "Забрали у метро.",
    ):
        assert text in shown
    for choice in ("sibling", "tg", "messenger", "beaten", "exact"):
        assert re.search(rf'value="{choice}"[^>]* checked', shown), choice
    assert '<option value="RU-SPE" selected>' in shown
    assert set(answer.context["form"].errors) == {"caller_phone"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"caller_phone": "пять"}, "caller_phone"),
        ({"caller_phone": "+1 2"}, "caller_phone"),
        ({"when": "exact", "exactly_at": "2031-01-01T10:00"}, "exactly_at"),
        ({"when": "exact", "exactly_at": "0020-01-01T10:00"}, "exactly_at"),
        ({"when": "exact"}, "exactly_at"),
        ({"region": "RU-XXX"}, "region"),
        ({"region": "abroad"}, "country"),
        ({"topic": "other"}, "other_topic"),
        ({"note": "ы" * 20_001}, "note"),
        ({"about_name": "ы" * 201}, "about_name"),
        ({"place_note": "ы" * 301}, "place_note"),
        ({"caller_name": "a\x00b"}, "caller_name"),
    ],
)
def test_each_slip_is_told_at_its_own_field(page, wrong, field):
    answer = page.post(NEW, typed(**wrong))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Call.objects.count() == 0


def test_a_double_click_writes_one_call(page):
    same = typed()
    first, second = page.post(NEW, same), page.post(NEW, same)
    assert first.headers["Location"] == second.headers["Location"]
    assert (Call.objects.count(), Case.objects.count()) == (1, 1)


def test_going_back_and_saving_other_words_overwrites_nothing_and_drops_nothing(page):
    same = typed()
    page.post(NEW, same)
    answer = page.post(NEW, {**same, "note": "Другие слова."})
    assert (answer.status_code, Call.objects.count()) == (422, 1)
    assert "Другие слова." in answer.content.decode()
    again = re.search(r'name="client_uuid" value="([^"]+)"', answer.content.decode()).group(1)
    page.post(NEW, {**same, "note": "Другие слова.", "client_uuid": again})
    assert sorted(call.note for call in Call.objects.all()) == ["Другие слова.", "Забрали у метро."]


def test_yesterday_is_a_day_of_the_regions_own_clock(page):
    page.post(NEW, typed(region="RU-KAM", when="yesterday"))
    held = Detention.objects.get()
    began = held.restricted_from_at.astimezone(region_zone("RU-KAM"))
    assert (began.hour, held.restricted_until_at - held.restricted_from_at) == (0, timedelta(days=1))


def test_a_known_number_shows_who_it_is_and_the_open_case_can_be_chosen(page, lola):
    first = factories.call(lola)
    found = page.post("/calls/lookup/", {"caller_phone": "992 000 112233"}).content.decode()
    chosen = f"{first.call.caller.reference}/{first.case.reference}"
    assert f'value="{chosen}"' in found
    page.post(NEW, typed(known=chosen, about_name=""))
    assert Case.objects.count() == 1
    assert list(Call.objects.values_list("case", "caller")) == [(first.case.pk, first.call.caller.pk)] * 2


def test_the_look_up_works_without_a_script_and_keeps_the_form(page, lola):
    first = factories.call(lola)
    answer = page.post(NEW, typed(look_up="1", about_name="", note="Ещё не всё"))
    assert answer.status_code == 200
    assert first.case.reference in answer.content.decode()
    assert "Ещё не всё" in answer.content.decode()
    assert answer.context["form"].errors == {}
    assert Call.objects.count() == 1


def test_the_look_up_shows_nobody_beyond_ones_reach(page):
    factories.call(factories.counsellor("marat"))
    assert "Фарход" not in page.post("/calls/lookup/", {"caller_phone": "+992000112233"}).content.decode()


def test_a_case_out_of_reach_cannot_be_chosen(page):
    foreign = factories.call(factories.counsellor("marat")).case
    assert page.post(NEW, typed(known=f"/{foreign.reference}")).status_code == 404
    assert Call.objects.count() == 1


@pytest.mark.parametrize("junk", ["silent", "hung_up", "abuse", "wrong_number", "thanks"])
def test_an_empty_call_is_counted_in_two_steps(page, junk):
    page.post(NEW, {"client_uuid": uuid4(), "junk": junk})
    assert list(Call.objects.values_list("topic", "outcome")) == [(Topic.JUNK, CallOutcome(junk))]


def test_save_and_next_draws_the_next_empty_form(page):
    answer = page.post(NEW, typed(next="1"))
    assert answer.headers["Location"] == NEW


def test_the_region_of_the_last_call_is_proposed(page, lola):
    factories.call(lola, region="RU-SVE")
    assert '<option value="RU-SVE" selected>' in page.get(NEW).content.decode()


def test_a_body_of_many_megabytes_gets_a_clear_page(page):
    answer = page.post(NEW, typed(note="ы" * 3_000_000))
    assert (answer.status_code, Call.objects.count()) == (413, 0)
    assert "Too much text" in answer.content.decode()


def test_a_form_sent_after_the_session_ended_comes_back_to_the_screen(client):
    answer = client.post(NEW, typed())
    assert (answer.status_code, Call.objects.count()) == (401, 0)
    assert "Забрали у метро." in answer.content.decode()
