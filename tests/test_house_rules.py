"""The habits of this house, each as a failure. Every guard is first shown a place that breaks its habit."""

import tomllib
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.core.paginator import Paginator, UnorderedObjectListWarning
from django.db import models
from django.test.utils import isolate_apps

from cases import lifecycle
from cases.models import Call
from tests.house import code, words
from tests.house import models as shapes
from tests.house.actions import crooked_actions
from tests.house.sources import ROOT, committed

OURS = list(apps.get_app_config("cases").get_models())
TABLES = {"CASE": lifecycle.CASE, "FOLLOW_UP": lifecycle.FOLLOW_UP, "REFERRAL": lifecycle.REFERRAL}

LONG_FILES = {
    "cases/enums.py": "a vocabulary: words and what they mean, one after the other",
    "helpline/settings.py": "the settings are one file, so that there is one place to look",
}
LONG_FUNCTIONS: dict[str, str] = {}
ACTIONS_APART = {
    "read_notices: asks no rule": "it starts from the notices visible to the reader",
    "read_notices: leaves no line in the timeline": "a person's own inbox is no part of anybody's case",
}
STATUSES_APART = {"api/steps.py moves remembered.status": "the HTTP status of an answer that is kept"}
VERBS_APART: dict[str, str] = {}
NO_RECORD = {"Heartbeat": "a process, not a record", "DataKey": "no door shows a key"}
ORDERED_BY_NOBODY = {"Heartbeat": "two rows, asked for by name", "DataKey": "asked for by its record"}


def in_room(text: str, path: str = "cases/matters.py") -> dict[str, str]:
    return {path: text}


def action(text: str, path: str = "cases/actions/mend.py") -> dict[str, str]:
    return {"cases/actions/__init__.py": '__all__ = ["mend"]', path: text}


UPRIGHT = "@transaction.atomic\ndef mend(case, *, by):\n    require(by, 'mend', case)\n    record(case, 'mend', by)\n"
SPREAD = (
    "def mend(case, *, by):\n    return _write(case, by)\n\n\n"
    "@transaction.atomic\ndef _write(case, by):\n    require(by, 'mend', case)\n    record(case, 'mend', by)\n"
)

BROKEN: list[tuple[Callable[..., Any], dict[str, str]]] = [
    (code.statuses_moved_outside_actions, in_room("case.status = 'closed'")),
    (code.statuses_moved_outside_actions, in_room("case.status, case.version = 'closed', 2")),
    (code.statuses_moved_outside_actions, in_room("Case.objects.filter(pk=1).update(status='closed')")),
    (
        code.statuses_moved_outside_actions,
        in_room("Case.objects.create(status='closed')", "api/views/cases.py"),
    ),
    (code.statuses_moved_outside_actions, in_room("setattr(case, 'status', 'closed')")),
    (code.statuses_moved_outside_actions, in_room("Case.objects.bulk_update(rows, ['status'])")),
    (code.long_waits_in_the_broker, in_room("remind.apply_async(countdown=3600)")),
    (code.long_waits_in_the_broker, in_room("self.retry(countdown=pause)")),
    (code.long_waits_in_the_broker, in_room("remind.apply_async(eta=due_at)")),
    (code.long_tasks, in_room("@shared_task\ndef work():\n" + "    step()\n" * 11, "cases/tasks.py")),
    (code.long_files, in_room("x = 1\n" * 351)),
    (code.long_files, in_room("p { color: red }\n" * 351, "helpline/web/static/css/all.css")),
    (code.long_functions, in_room("def long():\n" + "    step()\n" * 60)),
    (code.rooms_without_meaning, in_room("", "cases/utils.py")),
    (code.rooms_without_meaning, in_room("", "api/helpers/words.py")),
    (code.signals, in_room("@receiver(post_save)\ndef after(**kwargs): ...")),
    (code.signals, in_room("signals.post_save.connect(after)")),
    (crooked_actions, action(UPRIGHT.replace("*, by", "by"))),
    (crooked_actions, action(UPRIGHT.replace("by):", "by=None):", 1))),
    (crooked_actions, action(UPRIGHT.replace("@transaction.atomic\n", ""))),
    (crooked_actions, action(UPRIGHT.replace("    record(case, 'mend', by)\n", ""))),
    (crooked_actions, action(UPRIGHT.replace("    require(by, 'mend', case)\n", ""))),
    (crooked_actions, action(SPREAD.replace("@transaction.atomic\n", ""))),
    (words.paths_of_one_machine, in_room("see /ho" + "me/anna/helpline")),
    (
        words.paths_of_one_machine,
        in_room(f"see {ROOT}/README.md" if len(ROOT.parts) > 2 else "/Us" + "ers/anna"),
    ),
    (
        words.addresses_of_registries,
        in_room("--index-url https://x.example/simple\n", "requirements/base.txt"),
    ),
    (words.addresses_of_registries, in_room("--extra-index-url https://x.example\n", "requirements/base.in")),
    (
        words.addresses_of_registries,
        in_room("django @ https://x.example/django.whl\n", "requirements/base.txt"),
    ),
    (
        words.unhashed_requirements,
        in_room("django==5.2\nidna==3 \\\n    --hash=sha256:00\n", "requirements/base.txt"),
    ),
    (words.inline_code, in_room("<script>go()</script>", "helpline/web/templates/x.html")),
    (words.inline_code, in_room('<p style="color: red">', "helpline/web/templates/x.html")),
    (words.inline_code, in_room('<button onclick="go()">', "helpline/web/templates/x.html")),
    (words.commands_without_a_document, in_room("", "cases/management/commands/shred_all.py")),
    (words.variables_without_a_document, in_room('optional("MOON_PHASE", "full")', "helpline/settings.py")),
    (words.dead_links, in_room("see [this](nowhere.md)", "docs/counsellor.md")),
]


@pytest.mark.parametrize(("guard", "broken"), BROKEN)
def test_each_guard_sees_its_habit_broken(guard: Callable[..., Any], broken: dict[str, str]) -> None:
    assert guard(broken)


@pytest.mark.parametrize(
    ("guard", "upright"),
    [
        (crooked_actions, action(UPRIGHT)),
        (crooked_actions, action(SPREAD)),
        (
            code.statuses_moved_outside_actions,
            in_room("case.status = 'closed'", "cases/actions/close_case.py"),
        ),
        (code.statuses_moved_outside_actions, in_room("Case.objects.filter(status='closed')")),
        (code.long_waits_in_the_broker, in_room("self.retry(countdown=30)")),
        (
            words.inline_code,
            in_room('<script src="/static/app.js"></script>', "helpline/web/templates/x.html"),
        ),
        (code.statuses_moved_outside_actions, in_room("self.status = status", "cases/errors.py")),
        (words.inline_code, in_room('<script type="application/json">{}</script>', "web/templates/x.html")),
        (words.addresses_of_registries, in_room("# see https://x.example\nidna==3", "requirements/base.txt")),
        (words.commands_without_a_document, {"cases/management/commands/go.py": "", "docs/x.md": "`go`"}),
    ],
)
def test_no_guard_cries_without_cause(guard: Callable[..., Any], upright: dict[str, str]) -> None:
    assert not guard(upright)


def test_guards_of_verbs_see_dead_and_unknown_ones() -> None:
    source = in_room("status_after('shut', x)\nstatus_after('mend', x, FOLLOW_UP)", "cases/actions/x.py")
    found = code.dead_or_unknown_verbs(source, {"CASE": {"close"}, "FOLLOW_UP": {"mend"}})
    assert found == ["CASE: 'shut' stands in no table", "CASE: no action applies 'close'"]


def test_guards_of_documents_see_commands_that_are_not_there() -> None:
    told = in_room("Run `manage.py fly_away` now.", "docs/operator.md")
    assert words.commands_that_do_not_exist(told, {"migrate"}) == ["docs/operator.md: manage.py fly_away"]


def test_guards_of_registries_see_a_host_of_this_machine() -> None:
    assert words.addresses_of_registries(in_room("mirror.lan.example"), {"mirror.lan.example"})


@isolate_apps("tests")
def test_guards_of_models_see_their_habits_broken() -> None:
    class Kind(models.TextChoices):
        RAID = "raid"

    class LooseEvent(models.Model):
        kind = models.CharField(max_length=9, choices=Kind.choices)
        done_at = models.DateTimeField(null=True)
        done_by = models.IntegerField(null=True)

        class Meta:
            app_label = "tests"
            ordering = ("done_at",)
            indexes = [models.Index(fields=["kind"], name="some_other_thing")]

    assert shapes.without_noun([LooseEvent]) == ["LooseEvent"]
    assert shapes.strangely_named([LooseEvent]) == ["LooseEvent: some_other_thing"]
    assert shapes.free_codes([LooseEvent]) == ["LooseEvent.kind"]
    assert shapes.loose_pairs([LooseEvent]) == ["LooseEvent.done_at"]
    assert shapes.loosely_ordered([LooseEvent]) == ["LooseEvent"]


@pytest.mark.parametrize(
    "guard",
    [
        code.long_waits_in_the_broker,
        code.long_tasks,
        code.rooms_without_meaning,
        code.signals,
        words.paths_of_one_machine,
        words.addresses_of_registries,
        words.unhashed_requirements,
        words.inline_code,
        words.commands_without_a_document,
        words.variables_without_a_document,
        words.dead_links,
    ],
)
def test_the_house_keeps_the_habit(guard: Callable[..., Any]) -> None:
    assert guard(committed()) == []


def test_only_actions_move_a_status() -> None:
    assert set(code.statuses_moved_outside_actions(committed())) == set(STATUSES_APART)


def test_every_action_is_asked_for_by_somebody_whole_and_written_down() -> None:
    assert set(crooked_actions(committed())) == set(ACTIONS_APART)


def test_every_verb_that_moves_a_status_has_an_action() -> None:
    assert set(code.dead_or_unknown_verbs(committed(), TABLES)) == set(VERBS_APART)  # type: ignore[arg-type]


def test_only_files_and_functions_with_a_cause_are_long() -> None:
    assert set(code.long_files(committed())) == set(LONG_FILES)
    assert set(code.long_functions(committed())) == set(LONG_FUNCTIONS)


def test_documents_tell_of_commands_that_exist() -> None:
    assert words.commands_that_do_not_exist(committed(), get_commands()) == []


def test_every_record_has_a_noun_that_the_rules_know() -> None:
    assert set(shapes.without_noun(OURS)) == set(NO_RECORD)


def test_every_rule_of_the_database_says_whose_it_is() -> None:
    assert shapes.strangely_named(OURS) == []


def test_every_column_of_codes_is_held_to_its_enumeration() -> None:
    assert shapes.free_codes(OURS) == []


def test_moments_and_people_are_known_together() -> None:
    assert shapes.loose_pairs(OURS) == []


def test_every_list_has_a_whole_order() -> None:
    assert set(shapes.loosely_ordered(OURS)) == set(ORDERED_BY_NOBODY)


@pytest.mark.django_db
def test_pages_of_an_unordered_list_fail() -> None:
    with pytest.raises(UnorderedObjectListWarning):
        Paginator(Call.objects.order_by(), 25).page(1)


def test_a_warning_is_a_failure() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"][
        "ini_options"
    ]
    assert settings["filterwarnings"][0] == "error"
    assert settings["FAIL_INVALID_TEMPLATE_VARS"] is True
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
