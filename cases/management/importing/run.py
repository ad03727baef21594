"""An import from its file to its report: one transaction, one row at a time, each under a key of its own."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from cases.actions import log_call, record_incident
from cases.enums import PlaceKind
from cases.errors import BadInput, KeyReused
from cases.management.importing.calls import read_call
from cases.management.importing.incidents import IncidentRow, people_in, read_incident
from cases.management.importing.institutions import same_names
from cases.management.importing.maps import BadMap, ColumnMap, map_for
from cases.management.importing.report import Report
from cases.management.importing.sheets import Row, read_sheet
from cases.management.importing.values import BadCell
from cases.models import Call, Incident, Place, User
from cases.vault import fingerprint

_BY_FIELD = {
    "caller_phone": "bad_phone",
    "note": "too_long",
    "caller_name": "too_long",
    "about_name": "too_long",
}


@transaction.atomic
def import_file(path: Path, columns: ColumnMap | None, *, dry_run: bool) -> Report:
    """Import a sheet. A dry run does all of it and takes it back; a second run finds every row already there."""
    sheet = read_sheet(path)
    columns = columns or map_for(sheet.header)
    if missing := columns.missing_in(sheet.header):
        raise BadMap(f"The sheet has no column for: {', '.join(missing)}.")
    report = Report(counts_people=columns.record == "incident")
    rows = list(_with_keys(sheet.rows, columns, report))
    (_incidents if columns.record == "incident" else _calls)(rows, columns, report)
    report.refusals.sort()
    report.remarks.sort()
    if dry_run:
        transaction.set_rollback(True)
    return report


def _with_keys(rows: Iterable[Row], columns: ColumnMap, report: Report) -> Iterable[tuple[Row, UUID]]:
    """Each row with its key: the list's own number, or a keyed hash of what the row says."""
    seen: set[UUID] = set()
    for row in rows:
        number = columns.text(row, "id")
        told = number or fingerprint("\x1f".join(row.cells.values()).encode()).hex()
        key = uuid5(NAMESPACE_URL, f"helpline-import:{columns.source}:{told}")
        if row.is_empty:
            report.refuse(row.number, "empty_row", 0)
        elif row.surplus:
            report.refuse(row.number, "too_many_cells", people_in(row, columns))
        elif key in seen:
            report.refuse(row.number, "repeated_id" if number else "repeated_row", people_in(row, columns))
        else:
            seen.add(key)
            yield row, key


def _incidents(rows: list[tuple[Row, UUID]], columns: ColumnMap, report: Report) -> None:
    system = User.objects.system()
    ours = Incident.objects.filter(client_uuid__in=[key for _, key in rows])
    there = set(ours.values_list("client_uuid", flat=True))
    read: list[tuple[Row, UUID, IncidentRow]] = []
    for row, key in rows:
        try:
            read.append((row, key, read_incident(row, columns)))
        except BadCell as refusal:
            report.refuse(row.number, refusal.reason, people_in(row, columns))
    places = _places(told for _, key, told in read if key not in there)
    for row, key, told in read:
        people = people_in(row, columns)
        report.remarks += [(row.number, remark) for remark in told.remarks]
        if key in there:
            report.matched.add(people)
        else:
            chosen = {places[told.region, each.name] for each in told.institutions}
            add = partial(record_incident, **told.fields, places=chosen, client_uuid=key, by=system)
            _try(report, row.number, people, partial(add, at=told.fields["started_at"]))


def _try(report: Report, row: int, people: int, add: Callable[[], object]) -> None:
    """Add a row through its action; what the action does not accept is refused."""
    try:
        add()
    except BadInput as refusal:
        report.refuse(row, _BY_FIELD.get(next(iter(refusal.errors)), "not_accepted"), people)
    else:
        report.taken.add(people)


def _places(rows: Iterable[IncidentRow]) -> dict[tuple[str, str], Place]:
    """The places of all rows by region and spelling; spellings of one station become one place."""
    by_region: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        for each in row.institutions:
            by_region.setdefault(row.region, {}).setdefault(each.kind, []).append(each.name)
    found: dict[tuple[str, str], Place] = {}
    for region, kinds in by_region.items():
        for kind, names in kinds.items():
            known = Place.objects.filter(region=region, kind=PlaceKind(kind)).values_list("name", flat=True)
            for name, kept in same_names(names, known).items():
                found[region, name] = Place.objects.get_or_create(
                    region=region, name=kept, defaults={"kind": kind}
                )[0]
    return found


def _calls(rows: list[tuple[Row, UUID]], columns: ColumnMap, report: Report) -> None:
    system = User.objects.system()
    ours = Call.objects.filter(counsellor=system, client_uuid__in=[key for _, key in rows])
    there = set(ours.values_list("client_uuid", flat=True))
    for row, key in rows:
        try:
            told = read_call(row, columns, key)
        except BadCell as refusal:
            report.refuse(row.number, refusal.reason, 0)
            continue
        report.remarks += [(row.number, remark) for remark in told.remarks]
        add = partial(log_call, told.intake, by=system, at=told.intake.started_at)
        if key in there:
            _compare(report, row.number, add)
        else:
            _try(report, row.number, 0, add)


def _compare(report: Report, row: int, add: Callable[[], object]) -> None:
    """A call that is there already: adding it again finds it, or tells that the row has changed since."""
    report.matched.add(0)
    try:
        add()
    except KeyReused:
        report.remarks.append((row, "changed"))
