"""What every record shares: an id known before saving, a version, a reference, a key of its own, one visibility."""

import os
import uuid
from collections import defaultdict, deque
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.db.models.constants import LOOKUP_SEP

from cases.errors import StaleVersion
from cases.reference import new_reference
from cases.rules import reach
from cases.vault import DataKey


class VisibleQuerySet(models.QuerySet[Any]):
    """The one door to rows: list, detail, count, search and statistics all start from `visible_to`."""

    def visible_to(self, user: Any) -> Self:
        """The rows that exist for this user."""
        return self.reached_by(user, f"see {self.model.noun}")

    def reached_by(self, user: Any, verb: str) -> Self:
        """The rows a user reaches with a verb. Rules that cross to many rows go through a sub-query: no doubles."""
        rule = reach(user, verb)
        if not _crosses_rows(self.model, rule):
            return self.filter(rule)
        return self.filter(pk__in=self.model._base_manager.filter(rule).values("pk"))


def _crosses_rows(model: type[models.Model], rule: Q) -> bool:
    for child in rule.children:
        if isinstance(child, Q):
            if _crosses_rows(model, child):
                return True
        elif _path_crosses(model, child[0]):  # type: ignore[index]
            return True
    return False


def _path_crosses(model: type[models.Model], path: str) -> bool:
    for step in path.split(LOOKUP_SEP):
        try:
            field = model._meta.get_field("id" if step == "pk" else step)
        except FieldDoesNotExist:
            return False  # a lookup such as `in`: the path has ended
        if field.one_to_many or field.many_to_many:
            return True
        if not field.is_relation:
            return False
        model = field.related_model  # type: ignore[assignment]
    return False


class Record(models.Model):
    """A row with a UUID known before it is saved (sealed fields are bound to it) and the noun rules.py knows it by."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    noun: ClassVar[str]
    objects: ClassVar[Any] = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> str:  # noqa: N802
        """The label of a code. Django's own translates the whole enumeration each time, to show one of it."""
        value = getattr(self, field.attname)
        return str(dict(field.flatchoices).get(value, value))


class Versioned(models.Model):
    """A row that several people may edit: every save by an action counts its version up."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def expect(self, version: int | None, fields: Iterable[str]) -> None:
        """Refuse with StaleVersion, telling the values as they are now, when `version` is not the present one."""
        if version is not None and version != self.version:
            raise StaleVersion(self.version, {name: getattr(self, name) for name in fields})

    def save_step(self, *fields: str) -> None:
        """Save these fields and count the version up."""
        self.version += 1
        self.save(update_fields=[*fields, "version"])


class RootRecord(Record):
    """A record with a reference to say over the phone and a data key of its own, whose destruction erases it."""

    reference = models.CharField(max_length=9, unique=True, default=new_reference, editable=False)
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self._make_unique()
        super().save(*args, **kwargs)

    def sealing_key(self) -> DataKey:
        return self.data_key

    def _make_unique(self) -> None:
        self.reference = _free_reference(type(self))
        if not hasattr(self, "data_key"):
            self.data_key = DataKey.objects.create_new()


_free: dict[type[models.Model], deque[str]] = defaultdict(deque)
# Two processes must not hand out the same handful.
os.register_at_fork(after_in_child=_free.clear)


def _free_reference(model: type[models.Model]) -> str:
    """A reference nobody has, from a handful looked up in one query. The unique constraint stands behind it."""
    while True:
        try:
            return _free[model].popleft()
        except IndexError:
            candidates = {new_reference() for _ in range(40)}
            taken = model._base_manager.filter(reference__in=candidates).values_list("reference", flat=True)
            _free[model].extend(candidates.difference(taken))


def code_field(choices: type[models.TextChoices], **options: Any) -> Any:
    """A column for one code of an enumeration."""
    return models.CharField(max_length=32, choices=choices.choices, **options)


def codes_field(choices: type[models.TextChoices]) -> Any:
    """A column for several codes of an enumeration."""
    return ArrayField(models.CharField(max_length=32, choices=choices.choices), default=list, blank=True)


def only_codes(
    noun: str, *, or_none: bool = False, **fields: type[models.TextChoices]
) -> list[models.BaseConstraint]:
    """Constraints that keep code columns within their enumerations; `or_none` lets them be empty as well."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{field}__in": [*choices.values, *([""] if or_none else [])]}),
            name=f"{noun}_{field}_known",
        )
        for field, choices in fields.items()
    ]


def only_code_lists(noun: str, **fields: type[models.TextChoices]) -> list[models.BaseConstraint]:
    """Constraints that keep lists of codes within their enumerations."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{field}__contained_by": choices.values}), name=f"{noun}_{field}_known"
        )
        for field, choices in fields.items()
    ]


def in_order(noun: str, first: str, second: str) -> models.CheckConstraint:
    """A constraint: `second` is not before `first`, where both are known."""
    return models.CheckConstraint(
        condition=Q(**{f"{second}__gte": models.F(first)})
        | Q(**{f"{first}__isnull": True})
        | Q(**{f"{second}__isnull": True}),
        name=f"{noun}_{second}_after_{first}",
    )


def together(noun: str, first: str, second: str) -> models.CheckConstraint:
    """A constraint: both are known or neither is."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=f"{noun}_{first}_with_{second}",
    )
