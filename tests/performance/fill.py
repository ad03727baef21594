"""A hotline's data at scale, written in bulk and sealed as everywhere. Nobody here exists."""

import itertools
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models
from django.utils import timezone

from cases.enums import CaseStatus, FollowUpKind, NameSource, Role, Topic, Urgency
from cases.models import (
    Call,
    Case,
    DataKey,
    Detention,
    FollowUp,
    Person,
    PersonName,
    Phone,
    User,
    bucket_of,
    script_of,
)
from cases.reference import new_reference

GIVEN = ["Фарход", "Jamshed", "Азиз", "Нилуфар", "Bakyt", "Гульнора", "Rustam", "Айгуль", "Тимур", "Zarina"]
FAMILY = ["Каримов", "Rahimov", "Юсупова", "Toktogulov", "Назаров", "Saidova", "Эргашев", "Mirzoev"]
REGIONS = ["RU-MOW", "RU-SPE", "RU-MOS", "RU-SVE", "RU-KLU", "RU-NVS"]
NOTE = "Его увезли с рынка, телефон не отвечает. Брат ждёт у отдела, документы дома. "
SPREAD = timedelta(days=60)
BATCH = 1_000


@dataclass(frozen=True)
class Filled:
    """What the measures need to know of the data."""

    coordinator: User
    counsellor: User
    number: str
    case: Case


def fill(calls: int) -> Filled:
    """Write `calls` calls, half as many cases, and the people in them."""
    staff = [_counsellor(number) for number in range(20)]
    coordinator = User.objects.create_user("coordinator", Role.COORDINATOR, regions=["*"])
    chance, now = random.Random(7), timezone.now()
    numbers = _numbers()
    last: Filled | None = None
    for start in range(0, calls, BATCH):
        count = min(BATCH, calls - start)
        cases = [_case(chance, now, staff) for _ in range(max(count // 2, 1))]
        rows = [_call(chance, now, chance.choice(staff), cases[n % len(cases)]) for n in range(count)]
        _save(cases, rows, chance, numbers)
        last = Filled(coordinator, staff[0], rows[0].caller.phones_written.number, cases[0])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert last is not None
    return last


def _counsellor(number: int) -> User:
    address = f"counsellor-{number}@helpline.example"
    return User.objects.create_user(
        f"counsellor-{number}", Role.COUNSELLOR, regions=["*"], email_address=address
    )


def _save(cases: list[Case], calls: list[Call], chance: random.Random, numbers: Iterator[str]) -> None:
    held, callers = [case.person for case in cases], [call.caller for call in calls]
    people = [*held, *callers]
    phones = [_phone(person, next(numbers)) for person in callers]
    names = [_name(person, chance) for person in people]
    follow_ups = [_follow_up(case) for case in cases[::2] if case.assignee]
    detentions = [_detention(case) for case in cases[::2]]
    keys = [record.data_key for record in [*people, *cases, *calls]]
    for rows in (keys, people, names, phones, cases, calls, follow_ups, detentions):
        _bulk(rows)


def _bulk(rows: list[Any]) -> None:
    if rows:
        type(rows[0])._base_manager.bulk_create(rows, batch_size=BATCH)


def _numbers() -> Iterator[str]:
    return (f"+992000{number:06d}" for number in itertools.count(1))


_SEEN: set[str] = set()


def _root(model: type[models.Model], **fields: Any) -> Any:
    """A root record as `save` would make it: with a reference nobody has and a key of its own."""
    reference = next(text for text in iter(new_reference, "") if text not in _SEEN)
    _SEEN.add(reference)
    return model(reference=reference, data_key=DataKey.new(), **fields)


def _case(chance: random.Random, now: datetime, staff: list[User]) -> Case:
    opened = now - SPREAD * chance.random()
    closed = chance.random() < 0.6
    assignee = chance.choice([None, *staff])
    status = CaseStatus.CLOSED if closed else CaseStatus.IN_PROGRESS if assignee else CaseStatus.NEW
    ending = {"closed_at": opened + timedelta(hours=9), "closed_by": staff[0], "closing_reason": "released"}
    case: Case = _root(
        Case,
        person=_root(Person, nationality=chance.choice(["TJ", "UZ", "KG", ""])),
        topic=chance.choice([Topic.DETENTION, Topic.EXPULSION, Topic.DOCUMENTS]),
        urgency=chance.choice(Urgency.values),
        region=chance.choice(REGIONS),
        language="tg",
        status=status,
        assignee=assignee,
        opened_by=chance.choice(staff),
        opened_at=opened,
        next_due_at=None if closed else now + timedelta(hours=chance.randint(-48, 72)),
        summary=NOTE,
        **(ending if closed else {}),
    )
    return case


def _call(chance: random.Random, now: datetime, by: User, case: Case) -> Call:
    started = now - SPREAD * chance.random()
    call: Call = _root(
        Call,
        client_uuid=uuid.UUID(int=chance.getrandbits(128)),
        fingerprint=bytes(32),
        started_at=started,
        duration=chance.randint(30, 1500),
        counsellor=by,
        caller=_root(Person, languages=["tg"]),
        about=case.person,
        case=case,
        language="tg",
        topic=case.topic,
        region=case.region,
        urgency=case.urgency,
        note=NOTE * chance.randint(1, 4),
        logged_at=started,
    )
    return call


def _name(person: Person, chance: random.Random) -> PersonName:
    text = f"{chance.choice(FAMILY)} {chance.choice(GIVEN)}"
    return PersonName(person=person, text=text, script=script_of(text), source=NameSource.CALLER)


def _phone(person: Person, number: str) -> Phone:
    phone = Phone(person=person, number=number, bucket=bucket_of(number))
    person.phones_written = phone  # type: ignore[attr-defined]
    return phone


def _follow_up(case: Case) -> FollowUp:
    due = timezone.now() + timedelta(days=30)
    kind = FollowUpKind.CALL_BACK
    return FollowUp(case=case, kind=kind, due_at=due, assigned_to=case.assignee, planned_by=case.assignee)


def _detention(case: Case) -> Detention:
    return Detention(case=case, person=case.person, place_note="ОВД", recorded_by=case.opened_by)


def make_due(count: int) -> None:
    """Let that many promises fall due, as if for the first time."""
    chosen = list(FollowUp.objects.order_by("id").values_list("pk", flat=True)[:count])
    rows = FollowUp.objects.filter(pk__in=chosen)
    rows.update(due_at=timezone.now(), announced_at=None, revision=models.F("revision") + 1)
