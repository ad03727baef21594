"""A matter before a court, with its ruling."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.actions import record_proceeding
from cases.enums import ProceedingKind, Ruling
from cases.errors import BadInput, NotAllowed
from cases.models import Proceeding, TimelineEntry
from tests import factories

pytestmark = pytest.mark.django_db
KIND = ProceedingKind.values[0]


def test_a_matter_is_written_down_with_its_ruling() -> None:
    lola, now = factories.counsellor(), timezone.now()
    case = factories.case(lola)
    received, ruled = now - timedelta(days=2), now - timedelta(days=1)
    matter = record_proceeding(
        case, kind=KIND, received_at=received, ruling=Ruling.FINE, ruled_at=ruled, by=lola
    )
    assert Proceeding.objects.visible_to(lola).get() == matter
    assert (matter.ruling, matter.ruled_at, matter.recorded_by) == (Ruling.FINE, ruled, lola)
    line = TimelineEntry.objects.get(case=case, verb="record")
    assert line.data == {"kind": KIND, "ruling": Ruling.FINE}


@pytest.mark.parametrize(
    ("received", "ruled", "field"),
    [(timedelta(hours=1), None, "received_at"), (-timedelta(days=1), -timedelta(days=2), "ruled_at")],
)
def test_a_matter_from_the_future_or_ruled_before_it_came_is_refused(
    received: timedelta, ruled: timedelta | None, field: str
) -> None:
    lola, now = factories.counsellor(), timezone.now()
    with pytest.raises(BadInput) as refused:
        record_proceeding(
            factories.case(lola),
            kind=KIND,
            received_at=now + received,
            ruling=Ruling.FINE if ruled else "",
            ruled_at=now + ruled if ruled else None,
            by=lola,
        )
    assert set(refused.value.errors) == {field}
    assert not Proceeding.objects.exists()


@pytest.mark.parametrize(("ruling", "ruled"), [(Ruling.FINE, False), ("", True)])
def test_a_ruling_has_its_date_and_a_date_its_ruling(ruling: str, ruled: bool) -> None:
    lola, now = factories.counsellor(), timezone.now()
    with pytest.raises(BadInput) as refused:
        record_proceeding(
            factories.case(lola),
            kind=KIND,
            received_at=now,
            ruling=ruling,
            ruled_at=now if ruled else None,
            by=lola,
        )
    assert list(refused.value.errors) == ["ruled_at"]


def test_a_neighbour_records_nothing() -> None:
    with pytest.raises(NotAllowed):
        record_proceeding(factories.case(), kind=KIND, received_at=timezone.now(), by=factories.counsellor())
