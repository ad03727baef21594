"""Guards that read models: what must hold is in the database, under a name one can look for."""

import re
from collections.abc import Iterable

from django.db import models

Model = type[models.Model]


def without_noun(ours: Iterable[Model]) -> list[str]:
    """The rules know a record by its noun; one without could be shown to nobody, or to everybody."""
    return [model.__name__ for model in ours if not isinstance(getattr(model, "noun", None), str)]


def strangely_named(ours: Iterable[Model]) -> list[str]:
    """A constraint or index that fails at night says which record it guards."""
    return [
        f"{model.__name__}: {rule.name}"
        for model in ours
        for rule in [*model._meta.constraints, *model._meta.indexes]
        if not rule.name.startswith((_snake(model), _snake(model).partition("_")[0] + "_"))
        or re.search(r"_[0-9a-f]{6,}_(idx|uniq)$", rule.name)
    ]


def free_codes(ours: Iterable[Model]) -> list[str]:
    """A column of codes is held to its enumeration by the database, whoever writes."""
    return [
        f"{model.__name__}.{field.name}"
        for model in ours
        for field in model._meta.local_fields
        if _choices(field) and not any(_mentions(rule, field.name) for rule in model._meta.constraints)
    ]


def loose_pairs(ours: Iterable[Model]) -> list[str]:
    """When something was done and by whom are known together, or neither is."""
    found = []
    for model in ours:
        fields = {field.name: field for field in model._meta.local_fields}
        for name, moment in fields.items():
            person = fields.get(f"{name.removesuffix('_at')}_by") if name.endswith("_at") else None
            if person is None or not (moment.null or person.null):
                continue
            both = (rule for rule in model._meta.constraints if _mentions(rule, name))
            if not any(_mentions(rule, person.name) for rule in both):
                found.append(f"{model.__name__}.{name}")
    return found


def loosely_ordered(ours: Iterable[Model]) -> list[str]:
    """Pages of a list neither repeat a row nor leave one out: the order ends in something unique."""
    return [model.__name__ for model in ours if not _ends_unique(model)]


def _ends_unique(model: Model) -> bool:
    order = [name.lstrip("-") for name in map(str, model._meta.ordering)]
    if not order:
        return False
    groups = [
        set(rule.fields) for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)
    ]
    last = model._meta.pk.name if order[-1] == "pk" else order[-1]
    return bool(model._meta.get_field(last).unique) or any(group <= set(order) for group in groups if group)


def _choices(field: models.Field) -> bool:
    return bool(field.choices or getattr(getattr(field, "base_field", None), "choices", None))


def _mentions(rule: models.BaseConstraint, name: str) -> bool:
    return bool(re.search(rf"'{name}(__\w+)?'", repr(getattr(rule, "condition", ""))))


def _snake(model: Model) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()
