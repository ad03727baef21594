"""A sealed field is plain on its instance, sealed in the database, and opens on no other row."""

import copy
import pickle
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.models import F
from django.forms import Textarea, TextInput, modelform_factory
from django.test.utils import CaptureQueriesContext, isolate_apps
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from cases.enums import NameSource, Role, Script
from cases.models import Person, PersonName, User
from cases.vault import DataKey, SealBroken, SealedBytes, SealedTextField
from cases.vault.fields import SealedAttribute

pytestmark = pytest.mark.django_db

ZARINA = "Зарина Ғаффорова"


@pytest.fixture
def person() -> Person:
    return Person.objects.create()


@pytest.fixture
def name(person: Person) -> PersonName:
    return PersonName.objects.create(person=person, **spelling(ZARINA))


@pytest.fixture
def user() -> User:
    return User.objects.create_user("heron", Role.COUNSELLOR, email_address="heron@example.org")


def spelling(text: Any) -> dict[str, Any]:
    return {"text": text, "script": Script.CYRILLIC, "source": NameSource.CALLER}


def fresh(name: PersonName) -> PersonName:
    return PersonName.objects.get(pk=name.pk)


def raw(row: models.Model, column: str) -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


def put(row: models.Model, column: str, value: bytes | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [value, row.pk])


# Reading and writing


def test_a_text_is_plain_on_the_instance_and_sealed_in_the_database(name: PersonName) -> None:
    assert (name.text, fresh(name).text) == (ZARINA, ZARINA)
    stored = raw(name, "text")
    assert stored is not None
    assert ZARINA.encode() not in stored
    assert len(stored) == 1 + 4 + 12 + 64 + 16


def test_no_statement_carries_the_text(person: Person) -> None:
    with CaptureQueriesContext(connection) as statements:
        name = PersonName.objects.create(person=person, **spelling("Zarina"))
        name.text = "Zarina Gafforova"
        name.full_clean()
        name.save()
    assert "Zarina" not in str(statements.captured_queries)
    assert b"Zarina".hex() not in str(statements.captured_queries)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_every_text_survives_saving(text: str) -> None:
    person = Person.objects.create()
    assert fresh(PersonName.objects.create(person=person, **spelling(text))).text == text


def test_null_and_the_empty_text_stay_distinct(user: User) -> None:
    for value in ["", None, "heron@example.org", ""]:
        user.email_address = value
        user.save()
        assert User.objects.get(pk=user.pk).email_address == value
        assert (raw(user, "email_address") is None) == (value is None)


def test_a_lazy_translation_is_a_text_and_bytes_are_not(name: PersonName) -> None:
    name.text = gettext_lazy("Unknown")
    name.save()
    assert fresh(name).text == "Unknown"
    for value in [b"bytes", 7, F("script")]:
        with pytest.raises(TypeError, match="text takes a text or None"):
            name.text = value


def test_a_text_opens_only_when_it_is_asked_for(name: PersonName, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = PersonName.objects.select_related("person__data_key").get(pk=name.pk)
        assert repr(found.__dict__["text"]) == "<sealed>"
        assert found.__dict__["text"].text is None
        assert found.text == ZARINA


def test_a_list_costs_one_query_however_long(person: Person, django_assert_num_queries: Any) -> None:
    for count in [1, 29]:
        PersonName.objects.bulk_create(PersonName(person=person, **spelling(ZARINA)) for _ in range(count))
        with django_assert_num_queries(1):
            names = list(PersonName.objects.select_related("person__data_key"))
            assert {name.text for name in names} == {ZARINA}
    assert len(names) == 30


def test_saving_an_unchanged_text_keeps_its_ciphertext(name: PersonName) -> None:
    before = raw(name, "text")
    found = fresh(name)
    found.save()
    assert found.text == ZARINA
    found.text = ZARINA
    found.full_clean()
    found.save()
    found.refresh_from_db()
    found.save()
    assert raw(name, "text") == before
    found.text = "Зарина"
    found.save()
    assert raw(name, "text") != before
    assert fresh(name).text == "Зарина"


def test_only_the_named_fields_are_saved(name: PersonName) -> None:
    name.text = "Фарзона"
    name.save(update_fields=["source"])
    assert fresh(name).text == ZARINA
    name.save(update_fields=["text"])
    assert fresh(name).text == "Фарзона"


def test_refreshing_reads_what_somebody_else_wrote(name: PersonName) -> None:
    mine, theirs = fresh(name), fresh(name)
    assert mine.text == ZARINA
    theirs.text = "Фарзона"
    theirs.save()
    mine.refresh_from_db()
    assert mine.text == "Фарзона"
    mine.text = "Нигора"
    mine.refresh_from_db(fields=["text"])
    assert mine.text == "Фарзона"


def test_a_deferred_text_costs_one_query_and_can_be_set_unseen(
    name: PersonName, django_assert_num_queries: Any
) -> None:
    found = PersonName.objects.select_related("person__data_key").defer("text").get(pk=name.pk)
    assert found.get_deferred_fields() == {"text"}
    with django_assert_num_queries(1):
        assert found.text == ZARINA
    unseen = PersonName.objects.defer("text").get(pk=name.pk)
    unseen.text = "Фарзона"
    unseen.save()
    assert fresh(name).text == "Фарзона"


def test_saving_with_a_deferred_text_leaves_it_alone(name: PersonName) -> None:
    before = raw(name, "text")
    PersonName.objects.defer("text").get(pk=name.pk).save()
    assert raw(name, "text") == before


def test_bulk_creation_seals_each_row(person: Person) -> None:
    keys = DataKey.objects.bulk_create(DataKey.new() for _ in range(3))
    people = Person.objects.bulk_create(Person(data_key=key) for key in keys)
    names = [PersonName(person=one, **spelling(f"{ZARINA} {place}")) for place, one in enumerate(people)]
    PersonName.objects.bulk_create(names)
    assert [fresh(name).text for name in names] == [f"{ZARINA} {place}" for place in range(3)]


def test_users_without_an_address_are_created_in_bulk_beside_those_with_one() -> None:
    addresses = [None, "", "heron@example.org"]
    User.objects.bulk_create(
        User(
            handle=f"bird-{place}",
            role=Role.COUNSELLOR,
            data_key=DataKey.objects.create_new(),
            email_address=address,
        )
        for place, address in enumerate(addresses)
    )
    assert [
        user.email_address for user in User.objects.filter(handle__startswith="bird-").order_by("handle")
    ] == addresses


# What the database cannot do


@pytest.mark.parametrize(
    "lookup", ["text", "text__exact", "text__in", "text__contains", "text__gt", "text__length__gt"]
)
def test_the_database_refuses_to_look_inside(lookup: str) -> None:
    with pytest.raises(FieldError, match="text is sealed: the database can answer isnull"):
        PersonName.objects.filter(**{lookup: ZARINA}).exists()


def test_the_database_knows_whether_there_is_a_text(user: User) -> None:
    assert User.objects.filter(email_address__isnull=False, pk=user.pk).exists()
    assert not User.objects.exclude(email_address__isnull=False).filter(pk=user.pk).exists()


def test_values_are_sealed_and_open_with_their_row_and_key(name: PersonName, person: Person) -> None:
    value = PersonName.objects.values_list("text", flat=True).get(pk=name.pk)
    assert isinstance(value, SealedBytes)
    field = PersonName._meta.get_field("text")
    assert isinstance(field, SealedTextField)
    assert field.open_value(value, row=name.pk, key=person.data_key) == ZARINA


def test_updates_past_the_instance_may_only_remove(user: User, name: PersonName) -> None:
    with pytest.raises(FieldError, match="set it on the instance"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(email_address="crane@example.org")
    user.email_address = "crane@example.org"
    with pytest.raises(FieldError, match="set it on the instance"), transaction.atomic():
        User.objects.bulk_update([user], ["email_address"])
    User.objects.filter(pk=user.pk).update(email_address=None)
    assert User.objects.get(pk=user.pk).email_address is None


# What is refused


def refused(row: Any, attribute: str = "text") -> bool:
    with pytest.raises(SealBroken):
        getattr(type(row).objects.get(pk=row.pk), attribute)
    return True


def test_a_text_moved_to_another_row_does_not_open(name: PersonName, person: Person) -> None:
    sister = PersonName.objects.create(person=person, **spelling("Нигора"))
    put(sister, "text", raw(name, "text"))
    assert refused(sister)


def test_a_text_moved_to_another_persons_row_does_not_open(name: PersonName) -> None:
    stranger = PersonName.objects.create(person=Person.objects.create(), **spelling("Нигора"))
    put(stranger, "text", raw(name, "text"))
    assert refused(stranger)


def test_a_row_moved_to_another_person_does_not_open(name: PersonName) -> None:
    PersonName.objects.filter(pk=name.pk).update(person=Person.objects.create())
    assert refused(name)


def test_a_text_moved_to_another_model_does_not_open(name: PersonName, user: User) -> None:
    put(user, "email_address", raw(name, "text"))
    assert refused(user, "email_address")


@isolate_apps("cases")
def test_a_text_moved_to_another_column_or_model_does_not_open_under_the_same_key_and_row() -> None:
    class Sealing(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid4)
        first = SealedTextField()
        second = SealedTextField()

        class Meta:
            app_label = "cases"
            abstract = True

        def sealing_key(self) -> DataKey:
            return key

    class One(Sealing):
        class Meta:
            app_label = "cases"

    class Other(Sealing):
        class Meta:
            app_label = "cases"

    key, row = DataKey.new(), uuid4()
    one = One(pk=row, first=ZARINA)
    moved = SealedBytes(One._meta.get_field("first").pre_save(one, add=True))
    assert One(pk=row, first=moved).first == ZARINA
    for elsewhere, column in [(One(pk=row, second=moved), "second"), (Other(pk=row, first=moved), "first")]:
        with pytest.raises(SealBroken, match=f"{column} of {row}"):
            getattr(elsewhere, column)


def test_a_damaged_text_does_not_open(name: PersonName) -> None:
    whole = raw(name, "text")
    assert whole is not None
    for damaged in [
        b"",
        whole[:-1],
        whole + b"\0",
        whole[:40] + bytes([whole[40] ^ 1]) + whole[41:],
        b"\x02" + whole[1:],
    ]:
        put(name, "text", damaged)
        assert refused(name)


def test_a_row_copied_under_a_new_id_is_refused_rather_than_stored_broken(name: PersonName) -> None:
    twin = fresh(name)
    twin.pk, twin._state.adding = uuid4(), True
    with pytest.raises(SealBroken), transaction.atomic():
        twin.save()
    assert PersonName.objects.count() == 1


# What does not leak


def test_nothing_plain_is_shown_pickled_or_dumped(name: PersonName) -> None:
    assert name.text == ZARINA
    out = StringIO()
    call_command("dumpdata", "cases.personname", stdout=out)
    for shown in [repr(name), str(name), repr(name.__dict__), repr(vars(fresh(name))), out.getvalue()]:
        assert "Зарина" not in shown
        assert "\\u0417\\u0430\\u0440" not in shown
    assert "Зарина".encode() not in pickle.dumps(name)
    assert pickle.loads(pickle.dumps(name)).text == ZARINA


def test_an_unsaved_text_is_not_pickled(person: Person) -> None:
    with pytest.raises(TypeError, match="not saved yet"):
        pickle.dumps(PersonName(person=person, **spelling(ZARINA)))


def test_a_deep_copy_goes_its_own_way(name: PersonName) -> None:
    twin = copy.deepcopy(name)
    twin.text = "Фарзона"
    assert (name.text, twin.text) == (ZARINA, "Фарзона")


# Forms, validation, declaration


def test_length_is_counted_in_characters(person: Person) -> None:
    name = PersonName(person=person, **spelling("ғ" * 200))
    name.full_clean()
    name.text = "ғ" * 201
    with pytest.raises(ValidationError) as too_long:
        name.full_clean()
    assert list(too_long.value.message_dict) == ["text"]


def test_a_form_shows_and_saves_the_text(name: PersonName) -> None:
    form_class = modelform_factory(PersonName, fields=["text"])
    assert ZARINA in form_class(instance=fresh(name)).as_p()
    form = form_class({"text": "  Фарзона "}, instance=fresh(name))
    assert form.is_valid(), form.errors
    form.save()
    assert fresh(name).text == "Фарзона"
    assert form_class({"text": "я" * 201}, instance=name).errors.keys() == {"text"}


def test_short_texts_take_a_line_and_notes_an_area() -> None:
    assert isinstance(SealedTextField(pad=64).formfield().widget, TextInput)
    assert isinstance(SealedTextField().formfield().widget, Textarea)


def test_a_migration_can_write_the_field_down() -> None:
    for options in [{"pad": 64, "max_length": 120}, {"null": True, "blank": True}]:
        _, path, args, kwargs = SealedTextField(**options).deconstruct()
        assert (path, args, kwargs) == ("cases.vault.fields.SealedTextField", [], options)
    assert SealedTextField().db_type(connection) == "bytea"


@isolate_apps("cases")
def test_constraints_are_checked_on_presence_without_sending_the_text() -> None:
    class Answered(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid4)
        answer = SealedTextField(null=True, blank=True)

        class Meta:
            app_label = "cases"
            constraints = [models.CheckConstraint(condition=models.Q(answer__isnull=False), name="answered")]

    with CaptureQueriesContext(connection) as statements:
        Answered(answer="Zarina").validate_constraints()
        with pytest.raises(ValidationError, match="answered"):
            Answered(answer=None).validate_constraints()
    assert "Zarina" not in str(statements.captured_queries)


@isolate_apps("cases")
def test_a_model_that_cannot_seal_is_found_by_the_checks() -> None:
    class Keyless(models.Model):
        note = SealedTextField(unique=True)

        class Meta:
            app_label = "cases"

    assert [error.id for error in Keyless._meta.get_field("note").check()] == ["vault.E001", "vault.E002"]
    assert PersonName._meta.get_field("text").check() == []
    assert isinstance(PersonName.__dict__["text"], SealedAttribute)
