"""Who is shown a name, a number or a note, and that each such reading is written down."""

import pytest

from cases.actions import accept_referral, refer_case
from cases.models import AuditEntry, Case
from tests import factories
from tests.api.door import staff
from tests.api.machine import Machine

pytestmark = pytest.mark.django_db
NAME, NOTE, NUMBER = "Канарейкин", "Канареечная записка", "+992000112299"


@pytest.fixture
def case() -> Case:
    lola = factories.counsellor("lola")
    told = {"about_name": NAME, "caller_name": NAME, "note": NOTE, "caller_phone": NUMBER, "place_note": NOTE}
    case = factories.call(by=lola, **told).case
    case.summary = NOTE
    case.save(update_fields=["summary"])
    factories.assign_case(case, to=lola, by=factories.User.objects.system())
    factories.follow_up(case, by=lola, note=NOTE)
    return Case.objects.get()


def all_paths(case: Case) -> list[str]:
    """Every list, every record and every search that could show something of a case."""
    call, held, promise = case.calls.get(), case.detentions.get(), case.follow_ups.get()
    records = [
        f"cases/{case.pk}/",
        f"calls/{call.pk}/",
        f"detentions/{held.pk}/",
        f"follow-ups/{promise.pk}/",
    ]
    records += [f"referrals/{referral.pk}/" for referral in case.referrals.all()]
    lists = [
        f"{noun}/" for noun in ("cases", "calls", "detentions", "follow-ups", "referrals", "organisations")
    ]
    return records + lists


def tells(text: str) -> bool:
    return any(canary in text for canary in (NAME, NOTE, NUMBER))


def test_who_works_on_it_reads_names_and_notes_and_that_is_written_down(case: Case) -> None:
    lola = factories.User.objects.get(handle="lola")
    body = staff(lola).get(f"/api/v1/cases/{case.pk}/").json()
    assert (body["person"]["names"], body["summary"]) == ([NAME], NOTE)
    call = case.calls.get()
    told = staff(lola).get(f"/api/v1/calls/{call.pk}/").json()
    assert (told["note"], told["caller"]["phones"][0]["number"]) == (NOTE, NUMBER)
    noted = set(AuditEntry.objects.filter(by=lola).values_list("subject_type", "subject_id", "fields"))
    assert noted == {
        ("case", case.pk, "summary"),
        ("person", case.person.pk, "names,phones"),
        ("call", call.pk, "note"),
        ("person", call.caller.pk, "names,phones"),
    }


def test_a_reading_carries_the_id_of_its_request(case: Case) -> None:
    answer = staff(factories.coordinator()).get(f"/api/v1/cases/{case.pk}/")
    assert {str(entry.request_id) for entry in AuditEntry.objects.all()} == {answer["X-Request-ID"]}


def test_asking_for_a_number_is_a_reading_and_asking_for_a_reference_is_none(case: Case) -> None:
    kate, call = factories.coordinator(), case.calls.get()
    browser = staff(kate)
    for text in (case.reference, NUMBER):
        found = browser.post("/api/v1/search/", {"text": text}, content_type="application/json").json()
        assert [each["id"] for each in found["cases"]] == [str(case.pk)]
    noted = AuditEntry.objects.values_list("by", "subject_id", "fields")
    assert list(noted) == [(kate.pk, call.caller.pk, "phones")]


def test_an_answer_that_shows_nothing_new_is_no_reading(case: Case) -> None:
    browser = staff(factories.coordinator())
    path = f"/api/v1/cases/{case.pk}/"
    tag = browser.get(path)["ETag"]
    before = AuditEntry.objects.count()
    assert browser.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert AuditEntry.objects.count() == before


def test_a_reading_that_cannot_be_written_down_is_refused(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object, **_options: object) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr("api.identity.note_read", away)
    answer = staff(factories.coordinator()).get(f"/api/v1/cases/{case.pk}/")
    assert answer.status_code == 500
    assert not tells(answer.content.decode())


def test_no_list_shows_an_identity_to_anybody(case: Case) -> None:
    browser = staff(factories.coordinator())
    for path in all_paths(case):
        if path.count("/") == 1:
            assert not tells(browser.get(f"/api/v1/{path}").content.decode())
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("accepted", [False, True])
def test_a_partner_never_sees_an_identity(case: Case, accepted: bool) -> None:
    home = factories.partner("Lawyers")
    referral = refer_case(case, to=home, by=case.assignee, note=NOTE)
    machine = Machine(
        "cases:read", "referrals:read", "referrals:answer", "organisations:read", organisation=home
    )
    if accepted:
        accept_referral(referral, by=machine.user)
    for path in all_paths(case):
        assert not tells(machine.ask(path).content.decode())
    assert set(machine.ask(f"cases/{case.pk}/").json()) == {
        "id", "reference", "topic", "region", "country", "language", "urgency", "next_due_at",
    }  # fmt: skip
    assert machine.ask("cases/").json()["results"] == [machine.ask(f"cases/{case.pk}/").json()]


def test_an_integration_that_wrote_it_does_not_get_it_back() -> None:
    machine = Machine("calls:read", "calls:write", "cases:read", "follow_ups:read", "follow_ups:write")
    body = {"topic": "detention", "about_name": NAME, "caller_phone": NUMBER, "note": NOTE}
    call = machine.send("calls/", body).json()
    assert call["case_reference"]
    promise = {
        "case": call["case"],
        "kind": "check",
        "due_at": factories.timezone.now().isoformat(),
        "note": NOTE,
    }
    factories.assign_case(Case.objects.get(), to=factories.counsellor(), by=factories.User.objects.system())
    assert machine.send("follow-ups/", promise).status_code == 201
    for path in all_paths(Case.objects.get()):
        assert not tells(machine.ask(path).content.decode())
