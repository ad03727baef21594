"""Telling, and bringing it to the channels."""

import ast
import os
import re
import signal
import smtplib
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from cases import bell, outbox
from cases.actions import assign_case, complete_follow_up, decline_referral, postpone_follow_up, refer_case
from cases.enums import DeliveryStatus, NoticeKind, Role
from cases.errors import NotAllowed
from cases.models import DataKey, Delivery, FollowUp, Notice, User
from cases.outbox import Telling, deliver, tell, tell_each
from cases.schedule import announce_due
from tests import factories
from tests.clock import due, reader, together
from tests.conftest import Servers

pytestmark = pytest.mark.django_db


def reminded(to: User | None = None) -> FollowUp:
    """A promise that has fallen due and was announced, its message not sent yet."""
    person = to or reader()
    promise = due(factories.follow_up(factories.case(), assigned_to=person))
    announce_due()
    return promise


def outcomes() -> list[str]:
    return list(Delivery.objects.order_by("status").values_list("status", flat=True))


def lease_ends() -> None:
    Delivery.objects.filter(leased_until__isnull=False).update(leased_until=timezone.now())


# --- telling ------------------------------------------------------------------------------------


def test_a_second_telling_under_the_same_key_finds_the_first() -> None:
    case, kate = factories.case(), factories.coordinator(email_address=factories.ADDRESS)
    for _ in range(3):
        tell(case, NoticeKind.CASE_OPENED, to=kate, by=case.opened_by, key="1")
    tell(case, NoticeKind.CASE_OPENED, to=kate, by=case.opened_by, key="2")
    assert (Notice.objects.filter(to=kate).count(), Delivery.objects.count()) == (2, 2)


def test_people_without_an_address_find_it_in_their_inbox_alone() -> None:
    case = factories.case()
    tell(case, NoticeKind.CASE_OPENED, to=[factories.coordinator(), reader()], by=case.opened_by)
    assert (Notice.objects.count(), Delivery.objects.count()) == (2, 1)


def test_nobody_is_told_what_they_did_themselves() -> None:
    kate = factories.coordinator(email_address=factories.ADDRESS)
    case = factories.case(by=kate, topic="army")
    tell(case, NoticeKind.CASE_ASSIGNED, to=kate, by=kate)
    assert not Notice.objects.exists()


def test_history_is_told_to_nobody(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    kate, lola, then = factories.coordinator(), reader(), timezone.now() - timedelta(days=600)
    system = User.objects.system()
    with django_capture_on_commit_callbacks() as set_going:
        case = factories.case(topic="army", at=then)
        assign_case(case, to=lola, by=kate, at=then)
        promise = factories.follow_up(case, by=kate, due_at=then + timedelta(hours=1), at=then)
        postpone_follow_up(promise, due_at=then + timedelta(hours=2), by=system, at=then + timedelta(hours=1))
        referral = refer_case(case, to=factories.partner(), by=kate, at=then)
        decline_referral(referral, reason="capacity", by=system, at=then)
    # The clock goes on while history is told, and finds nothing to announce.
    assert announce_due() == 0
    assert (set_going, Notice.objects.count(), Delivery.objects.count()) == ([], 0, 0)


def test_a_partner_tells_its_own_people_and_nobody_who_is_switched_off() -> None:
    firm = factories.partner()
    lawyer = factories.user(Role.PARTNER, organisation=firm)
    factories.user(Role.PARTNER, organisation=firm, is_active=False)
    factories.user(Role.PARTNER)
    refer_case(factories.case(assignee=reader()), to=firm, by=User.objects.system())
    assert [notice.to for notice in Notice.objects.filter(kind=NoticeKind.REFERRAL_OFFERED)] == [lawyer]


@pytest.mark.parametrize("people", [1, 30])
def test_telling_takes_three_statements_however_many_are_told(
    people: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    case, told = factories.case(), [reader() for _ in range(people)]
    with django_assert_num_queries(3):
        outbox.tell_each([Telling(case, NoticeKind.CASE_OPENED, person.pk) for person in told])
    assert Delivery.objects.count() == people


def test_an_action_that_fails_tells_nothing(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    case, lola = factories.case(), reader()
    with django_capture_on_commit_callbacks() as set_going, pytest.raises(NotAllowed):
        assign_case(case, to=lola, by=lola)
    assert (set_going, Notice.objects.count()) == ([], 0)


# --- sending ------------------------------------------------------------------------------------


def test_a_message_says_only_that_there_is_a_task(settings: Any) -> None:
    settings.PUBLIC_URL = "https://helpline.example/"
    reminded(reader(interface_language="en"))
    deliver()
    (message,), notice = mail.outbox, Notice.objects.get()
    assert message.subject == "You have a task"
    assert message.body == f"You have a task. Code {notice.code}.\n\nhttps://helpline.example/\n"
    assert re.fullmatch(r"[1-9]-[1-9]-[1-9]", notice.code)
    assert message.to == [factories.ADDRESS]
    assert outcomes() == [DeliveryStatus.SENT]


def test_no_name_number_or_reference_ever_leaves() -> None:
    kate = factories.coordinator(email_address=factories.ADDRESS)
    taken = factories.call(
        caller_name="Канарейкин",
        caller_phone="+992 000 98 76 54",
        note="канарейка",
        flags=frozenset({"beaten"}),
    )
    lawyer = factories.user(Role.PARTNER, email_address="lawyer@partner.example")
    assign_case(taken.case, to=reader(), by=kate)
    due(factories.follow_up(taken.case, by=kate, note="позвонить Канарейкину"))
    announce_due()
    refer_case(taken.case, to=lawyer.organisation, by=kate)
    deliver()
    assert len(mail.outbox) == 4
    for sent in mail.outbox:
        words = sent.message().as_string() + sent.subject + sent.body
        for secret in (
            "анаре",
            "Каримов",
            "98765",
            "98 76",
            str(taken.case.pk),
            taken.case.reference,
            taken.call.reference,
        ):
            assert secret not in words
        for kind in NoticeKind.values:
            assert kind not in words


def test_the_message_id_belongs_to_the_notice_not_to_the_attempt() -> None:
    reminded()
    deliver()
    Delivery.objects.update(status=DeliveryStatus.PENDING, sent_at=None)
    deliver()
    first, again = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == again
    assert re.fullmatch(r"<[0-9a-f]{32}@[a-z.]+>", first)
    reminded()
    deliver()
    assert mail.outbox[2].extra_headers["Message-ID"] != first


def test_a_message_is_in_the_language_its_reader_works_in() -> None:
    from django.utils import translation

    for language in ("ru", "en"):
        mail.outbox.clear()
        reminded(reader(interface_language=language))
        deliver()
        with translation.override(language):
            assert mail.outbox[0].subject == translation.gettext("You have a task")


def test_a_promise_kept_before_the_message_went_out_is_not_reminded_of() -> None:
    promise = reminded()
    complete_follow_up(promise, outcome="done", by=promise.assigned_to)
    deliver()
    assert (outcomes(), mail.outbox) == ([DeliveryStatus.CANCELLED], [])


def test_a_promise_moved_before_the_message_went_out_is_reminded_of_at_its_new_time_alone() -> None:
    promise = reminded()
    due(postpone_follow_up(promise, due_at=timezone.now() + timedelta(hours=1), by=promise.assigned_to))
    announce_due()
    deliver()
    assert (outcomes(), len(mail.outbox)) == ([DeliveryStatus.CANCELLED, DeliveryStatus.SENT], 1)


def test_whoever_is_switched_off_before_the_message_went_out_gets_none() -> None:
    promise = reminded()
    User.objects.filter(pk=promise.assigned_to_id).update(is_active=False)
    deliver()
    assert (outcomes(), mail.outbox) == ([DeliveryStatus.CANCELLED], [])


def test_a_case_that_went_on_to_somebody_else_is_news_for_them_alone() -> None:
    kate, case, first, second = factories.coordinator(), factories.case(), reader(), reader(handle="second")
    assign_case(case, to=first, by=kate)
    assign_case(case, to=second, by=kate)
    deliver()
    assert outcomes() == [DeliveryStatus.CANCELLED, DeliveryStatus.SENT]
    assert Delivery.objects.get(status=DeliveryStatus.SENT).notice.to == second


def test_what_another_worker_has_leased_is_left_to_it_until_the_lease_ends() -> None:
    reminded()
    Delivery.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    deliver()
    assert mail.outbox == []
    lease_ends()
    deliver()
    assert (len(mail.outbox), outcomes()) == (1, [DeliveryStatus.SENT])


def test_an_address_that_does_not_open_holds_nobody_else_up() -> None:
    broken, whole = reader(), reader()
    User.objects.filter(pk=broken.pk).update(data_key=DataKey.objects.create_new())
    case = factories.case()
    tell(case, NoticeKind.CASE_OPENED, to=[broken, whole], by=case.opened_by)
    deliver()
    assert set(Delivery.objects.values_list("notice__to", "status", "last_error")) == {
        (broken.pk, DeliveryStatus.PENDING, "SealBroken"),
        (whole.pk, DeliveryStatus.SENT, ""),
    }


def test_an_address_taken_away_cancels_what_waits_for_it() -> None:
    promise = reminded()
    User.objects.filter(pk=promise.assigned_to_id).update(email_address=None)
    deliver()
    assert (outcomes(), mail.outbox) == ([DeliveryStatus.CANCELLED], [])


class Refusing(EmailBackend):
    """A relay that refuses, and quotes the address as relays do."""

    def send_messages(self, messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such person")})


class Away(EmailBackend):
    """A relay that does not answer."""

    tried = 0

    def open(self) -> bool:
        Away.tried += 1
        raise TimeoutError("mail.helpline.example")


def backend(settings: Any, kind: type[EmailBackend]) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{kind.__name__}"


def test_a_refused_message_waits_and_only_the_class_of_the_error_is_kept(
    settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(outbox, "get_connection", Refusing)
    reminded()
    deliver()
    row = Delivery.objects.get()
    assert (row.status, row.attempts, row.last_error) == (DeliveryStatus.PENDING, 1, "SMTPRecipientsRefused")
    assert (row.leased_until, row.next_attempt_at > timezone.now() - timedelta(seconds=5)) == (None, True)
    assert row.next_attempt_at <= timezone.now() + outbox.FIRST_PAUSE
    assert factories.ADDRESS not in caplog.text


def test_the_pauses_grow_to_an_hour_and_after_the_last_attempt_it_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "get_connection", Refusing)
    monkeypatch.setattr(outbox.random, "random", lambda: 1.0)
    reminded()
    pauses = []
    for _ in range(outbox.ATTEMPTS):
        deliver()
        row = Delivery.objects.get()
        pauses.append(round((row.next_attempt_at - timezone.now()).total_seconds(), -1))
        Delivery.objects.update(next_attempt_at=timezone.now())
    assert pauses[:8] == [30, 60, 120, 240, 480, 960, 1920, 3600]
    assert set(pauses[7:]) == {3600}
    assert (row.status, row.attempts) == (DeliveryStatus.DEAD, outbox.ATTEMPTS)
    deliver()
    assert Delivery.objects.get().attempts == outbox.ATTEMPTS


def test_a_relay_that_is_away_is_tried_once_a_round_and_not_once_a_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "get_connection", Away)
    tell_each([Telling(factories.case(), NoticeKind.CASE_OPENED, reader().pk) for _ in range(5)])
    Away.tried = 0
    deliver()
    assert (Away.tried, set(Delivery.objects.values_list("last_error", "attempts"))) == (
        1,
        {("TimeoutError", 1)},
    )


def test_a_channel_too_slow_for_the_lease_hands_the_rest_back(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DELIVERY_LEASE_SECONDS = 0
    tell_each([Telling(factories.case(), NoticeKind.CASE_OPENED, reader().pk) for _ in range(3)])
    deliver(for_seconds=0.05)
    assert (mail.outbox, set(Delivery.objects.values_list("status", "leased_until"))) == (
        [],
        {("pending", None)},
    )
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {0}


@pytest.mark.parametrize("messages", [1, 20])
def test_a_batch_costs_three_statements_and_one_mark_a_message(
    messages: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    tell_each([Telling(factories.case(), NoticeKind.CASE_OPENED, reader().pk) for _ in range(messages)])
    with django_assert_num_queries(2 + 3 + messages):
        assert outbox._send(outbox._claim())
    assert len(mail.outbox) == messages


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_send_one_message_twice() -> None:
    case = factories.case()
    tell_each([Telling(case, NoticeKind.CASE_OPENED, reader().pk) for _ in range(60)])
    together(deliver, deliver)
    sent = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert (len(sent), len(set(sent)), set(outcomes())) == (60, 60, {DeliveryStatus.SENT})


# --- the bell -----------------------------------------------------------------------------------


def slowest_of(calls: int) -> float:
    """The slowest of many calls of the bell in a row, in milliseconds."""
    slowest = 0.0
    for _ in range(calls):
        started = time.perf_counter()
        bell.nudge()
        slowest = max(slowest, time.perf_counter() - started)
    return slowest * 1000


def waiting() -> int:
    with current_app.connection_for_read() as broker:
        return int(broker.default_channel.client.llen("celery"))


def test_the_bell_costs_nothing_while_the_broker_answers_is_gone_or_hangs(servers: Servers) -> None:
    assert slowest_of(200) < 10
    servers.redis.stop()
    assert slowest_of(200) < 10
    servers.redis.start()
    os.kill(servers.redis._child.pid, signal.SIGSTOP)  # type: ignore[union-attr]
    try:
        assert slowest_of(200) < 10
    finally:
        os.kill(servers.redis._child.pid, signal.SIGCONT)  # type: ignore[union-attr]


def test_many_calls_in_a_row_are_few_messages_which_hold_nothing(servers: Servers) -> None:
    with current_app.connection_for_write() as broker:
        broker.default_channel.client.flushall()
    slowest_of(1000)
    time.sleep(0.4)
    assert 1 <= waiting() <= 8
    with current_app.connection_for_read() as broker:
        raw = broker.default_channel.client.lindex("celery", 0).decode()
        broker.default_channel.client.flushall()
    assert '"argsrepr": "-"' in raw and '"kwargsrepr": "-"' in raw and '"args"' not in raw


def test_no_task_of_ours_waits_in_the_broker() -> None:
    """Longer waits stand in PostgreSQL: a broker hands a waiting task out again and again, or loses it."""
    found = [
        f"{path}:{node.lineno}"
        for folder in ("cases", "api", "helpline")
        for path in Path(folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg == "eta" or (word.arg == "countdown" and not _short(word.value))
    ]
    assert found == []


def _short(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, int) and value.value <= 60


def test_the_database_holds_no_open_transaction_while_a_message_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    depth = len(connection.savepoint_ids)
    seen = []

    class Watching(EmailBackend):
        def send_messages(self, messages: Any) -> int:
            seen.append(len(connection.savepoint_ids))
            return super().send_messages(messages)

    monkeypatch.setattr(outbox, "get_connection", Watching)
    reminded()
    deliver()
    assert seen == [depth]
