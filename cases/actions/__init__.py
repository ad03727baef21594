"""Everything that changes the world: one function per thing that can be done."""

from cases.actions.case_steps import assign_case, close_case, reopen_case, triage_case
from cases.actions.follow_ups import complete_follow_up, plan_follow_up, postpone_follow_up
from cases.actions.inbox import read_notices
from cases.actions.incidents import record_incident
from cases.actions.intake import Intake
from cases.actions.link_call import link_call
from cases.actions.log_call import LoggedCall, log_call
from cases.actions.open_case import open_case
from cases.actions.proceedings import record_proceeding
from cases.actions.record_detention import end_detention, record_detention
from cases.actions.referrals import accept_referral, decline_referral, refer_case
from cases.actions.take_call import TakenCall, take_call

__all__ = [
    "Intake",
    "LoggedCall",
    "TakenCall",
    "accept_referral",
    "assign_case",
    "close_case",
    "complete_follow_up",
    "decline_referral",
    "end_detention",
    "link_call",
    "log_call",
    "open_case",
    "plan_follow_up",
    "postpone_follow_up",
    "read_notices",
    "record_detention",
    "record_incident",
    "record_proceeding",
    "refer_case",
    "reopen_case",
    "take_call",
    "triage_case",
]
