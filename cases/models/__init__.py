"""The nouns of the helpline, one file each."""

from cases.models.call import Call
from cases.models.case import IS_OPEN, Case
from cases.models.detention import Detention
from cases.models.follow_up import FollowUp
from cases.models.heartbeat import Heartbeat
from cases.models.history import AuditEntry, TimelineEntry
from cases.models.incident import Incident
from cases.models.notification import Delivery, Notice
from cases.models.people import Organisation, User
from cases.models.person import Person, PersonName, Phone, bucket_of, script_of
from cases.models.place import Place
from cases.models.proceeding import Proceeding
from cases.models.published_figure import PublishedFigure
from cases.models.referral import Referral
from cases.vault import DataKey

__all__ = [
    "IS_OPEN",
    "AuditEntry",
    "Call",
    "Case",
    "DataKey",
    "Delivery",
    "Detention",
    "FollowUp",
    "Heartbeat",
    "Incident",
    "Notice",
    "Organisation",
    "Person",
    "PersonName",
    "Phone",
    "Place",
    "Proceeding",
    "PublishedFigure",
    "Referral",
    "TimelineEntry",
    "User",
    "bucket_of",
    "script_of",
]
