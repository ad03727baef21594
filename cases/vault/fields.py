"""A text that is plain on the instance and sealed in the database.

    family_name = SealedTextField(pad=64, max_length=120)
    note = SealedTextField(blank=True)            # padded to 256 bytes

The model's primary key is a UUID known before saving, and its `sealing_key()` answers the DataKey of its root
record (`return self.data_key`, or `return self.case.data_key`): lists `select_related` that key.

The database cannot look inside: only `isnull` filters, `.values()` gives sealed bytes (see `open_value`), and
`.update()` and `bulk_update()` take None alone. An upsert on another column than the primary key would bind
the text to an id that is not the row's, and a row copied under a new id does not open: build a new one.
"""

import base64
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast
from uuid import UUID

from django import forms
from django.core import checks
from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute
from django.utils.functional import Promise

from cases.vault.sealing import SealedBytes, seal, unseal

if TYPE_CHECKING:
    from cases.vault.models import DataKey

SHORT = 64


class SealedRow(Protocol):
    """What a model with sealed fields offers."""

    pk: UUID

    def sealing_key(self) -> "DataKey":
        """The data key of the root record this row belongs to."""


class Held:
    """What an instance keeps of one sealed field: the stored bytes, the opened text, or both.

    The text leaves neither by repr nor by pickle, so that caches and error reports never carry it.
    """

    __slots__ = ("sealed", "text")

    def __init__(self, sealed: SealedBytes | None, text: str | None = None) -> None:
        self.sealed, self.text = sealed, text

    def __repr__(self) -> str:
        return "<sealed>"

    def __deepcopy__(self, memo: dict[int, Any]) -> "Held":
        return Held(self.sealed, self.text)

    def __reduce__(self) -> tuple[type["Held"], tuple[SealedBytes]]:
        if self.sealed is None:
            raise TypeError("A sealed text that is not saved yet cannot be pickled")
        return Held, (self.sealed,)


class SealedAttribute(DeferredAttribute):
    """Opens the text on first access, not on load: a list that shows no names opens none."""

    field: "SealedTextField"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        held = self.held(instance)
        if held is None:
            return None
        if held.text is None:
            field, row = self.bound(instance)
            held.text = field.open_value(cast(SealedBytes, held.sealed), row=row.pk, key=row.sealing_key())
        return held.text

    def __set__(self, instance: models.Model, value: object) -> None:
        data, name = instance.__dict__, self.field.attname
        if value is None:
            data[name] = None
        elif isinstance(value, SealedBytes):
            data[name] = Held(value)
        elif isinstance(value, (str, Promise)):
            held, text = data.get(name), str(value)
            if held is None or held.text != text:
                data[name] = Held(None, text)
        else:
            raise TypeError(f"{self.field.name} takes a text or None, not {type(value).__name__}")

    def held(self, instance: models.Model) -> Held | None:
        """What the instance holds; a deferred field is fetched still sealed, so that this costs one query."""
        data, name = instance.__dict__, self.field.attname
        if name not in data:
            rows = type(instance)._base_manager.using(instance._state.db).filter(pk=instance.pk)
            self.__set__(instance, rows.values_list(name, flat=True).get())
        return cast(Held | None, data[name])

    def bound(self, instance: models.Model) -> tuple["SealedTextField", SealedRow]:
        """The field as the concrete model has it (this one may be an abstract parent's), and the row."""
        return cast(SealedTextField, instance._meta.get_field(self.field.name)), cast(SealedRow, instance)


class SealedTextField(models.TextField):
    """Text sealed under the data key of its root record; NULL and the empty text stay distinct."""

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, pad: Literal[64, 256] = 256, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pad = pad
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.pad != 256:
            kwargs["pad"] = self.pad
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if not isinstance(self.model._meta.pk, models.UUIDField) or not hasattr(self.model, "sealing_key"):
            found.append(
                checks.Error("Sealed fields need a UUID key and sealing_key()", obj=self, id="vault.E001")
            )
        if self.unique or self.choices:
            found.append(checks.Error("Sealed fields cannot be unique or coded", obj=self, id="vault.E002"))
        return found

    def get_internal_type(self) -> str:
        return "BinaryField"

    def seal_value(self, text: str, *, row: UUID, key: "DataKey") -> SealedBytes:
        """Seal a text for this field of a row."""
        model = self.model._meta.label_lower
        return seal(text, key=key.cipher, mark=key.mark, model=model, field=self.name, row=row, pad=self.pad)

    def open_value(self, sealed: bytes, *, row: UUID, key: "DataKey") -> str:
        """Open what `.values()` gave for this field of a row, without building an instance."""
        model = self.model._meta.label_lower
        return unseal(sealed, key=key.cipher, mark=key.mark, model=model, field=self.name, row=row)

    def pre_save(self, model_instance: models.Model, add: bool) -> SealedBytes | None:
        attribute = SealedAttribute(self)
        held = attribute.held(model_instance)
        if held is None:
            return None
        if add or held.sealed is None:
            text, row = attribute.__get__(model_instance), cast(SealedRow, model_instance)
            held = Held(self.seal_value(text, row=row.pk, key=row.sealing_key()), text)
            model_instance.__dict__[self.attname] = held
        return held.sealed

    def from_db_value(self, value: bytes | None, *_: object) -> SealedBytes | None:
        return None if value is None else SealedBytes(value)

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> bytes | None:
        if value is None or isinstance(value, SealedBytes):
            return None if value is None else bytes(value)
        raise FieldError(f"{self.name} is sealed: set it on the instance and save that")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return IsNull
        raise FieldError(f"{self.name} is sealed: the database can answer isnull, not {lookup_name}")

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is sealed: the database can answer isnull, not {lookup_name}")

    def value_to_string(self, obj: models.Model) -> str:
        """Serialised (dumpdata) a sealed text stays sealed: no plain dump can exist."""
        return base64.b64encode(self.pre_save(obj, add=False) or b"").decode()

    def formfield(self, **kwargs: Any) -> Any:
        widget = forms.TextInput if self.pad == SHORT else forms.Textarea
        return super().formfield(**{"widget": widget, **kwargs})
