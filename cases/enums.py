"""The words of the field. A code is stored; its label is what people read, in their own language."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    COUNSELLOR = "counsellor", _("Counsellor")
    COORDINATOR = "coordinator", _("Coordinator")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
    PARTNER = "partner", _("Partner")
    INTEGRATION = "integration", _("Integration")
    SYSTEM = "system", _("System")


class Urgency(TextChoices):
    """How soon somebody must act first; `FIRST_ACTION_WITHIN` in lifecycle.py holds the times."""

    U0 = "U0", _("Critical")
    U1 = "U1", _("High")
    U2 = "U2", _("Soon")
    U3 = "U3", _("Routine")
    U4 = "U4", _("Information")


class CaseStatus(TextChoices):
    NEW = "new", _("new")
    IN_PROGRESS = "in_progress", _("in progress")
    WAITING = "waiting", _("waiting")
    REFERRED = "referred", _("referred")
    CLOSED = "closed", _("closed")
    MERGED = "merged", _("merged")


class ClosingReason(TextChoices):
    RELEASED = "released", _("released after our call")
    RESOLVED = "resolved", _("resolved")
    WON = "won", _("appeal won")
    PARTLY_WON = "partly_won", _("appeal won in part")
    LOST = "lost", _("appeal lost")
    REGULARISED = "regularised", _("papers in order")
    LEFT_SAFELY = "left_safely", _("left the country safely")
    EXPELLED = "expelled", _("expelled")
    WAGES_PAID = "wages_paid", _("wages paid")
    REFERRED = "referred", _("taken over by a partner")
    ADVICE_GIVEN = "advice_given", _("advice given")
    NO_CONTACT = "no_contact", _("contact lost")
    CALLER_WISH = "caller_wish", _("at the caller's wish")


class Direction(TextChoices):
    INCOMING = "incoming", _("incoming")
    OUTGOING = "outgoing", _("outgoing")


class Channel(TextChoices):
    PHONE = "phone", _("Phone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    TELEGRAM = "telegram", _("Telegram")
    SIGNAL = "signal", _("Signal")
    EMAIL = "email", _("E-mail")
    IN_PERSON = "in_person", _("In person")


class Relation(TextChoices):
    """Who the caller is to the person the call is about."""

    SPOUSE = "spouse", _("husband or wife")
    PARENT = "parent", _("parent")
    SIBLING = "sibling", _("brother or sister")
    FRIEND = "friend", _("friend or neighbour")
    SELF = "self", _("the person themself")
    CHILD = "child", _("son or daughter")
    RELATIVE = "relative", _("other relative")
    COLLEAGUE = "colleague", _("colleague")
    EMPLOYER = "employer", _("employer")
    LAWYER = "lawyer", _("lawyer")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("not known")


class ContactSafety(TextChoices):
    MAY_CALL = "may_call", _("may call")
    MESSENGER = "messenger", _("messenger only")
    NEVER = "never", _("DO NOT CALL")


class Topic(TextChoices):
    DETENTION = "detention", _("Detention")
    RAID = "raid", _("Raid seen")
    WHEREABOUTS = "whereabouts", _("Whereabouts unknown")
    EXPULSION = "expulsion", _("Expulsion ruling")
    HOLDING = "holding", _("Special holding facility")
    BORDER = "border", _("Airport or border refusal")
    ENTRY_BAN = "entry_ban", _("Entry ban")
    REGISTER = "register", _("Register of controlled persons")
    DOCUMENTS = "documents", _("Patent and documents")
    EXTORTION = "extortion", _("Extortion or bribe")
    VIOLENCE = "violence", _("Beating or torture")
    ARMY = "army", _("Army contract pressure")
    CONSCRIPTION = "conscription", _("New citizen and conscription")
    WAGES = "wages", _("Unpaid wages, passport kept")
    HATE_ATTACK = "hate_attack", _("Hate attack")
    CHILD = "child", _("Child or school")
    MEDICAL = "medical", _("Medical")
    LEAVING = "leaving", _("Wants to leave safely")
    ASYLUM = "asylum", _("Asylum")
    RELATIVE_AT_RISK = "relative_at_risk", _("Relative in danger at home")
    INFORMATION = "information", _("Information")
    JUNK = "junk", _("Empty or hostile call")


class CallOutcome(TextChoices):
    ADVISED = "advised", _("advice given")
    CASE_OPENED = "case_opened", _("case opened")
    LINKED = "linked", _("added to a case")
    CALL_BACK = "call_back", _("to call back")
    DROPPED = "dropped", _("line dropped")
    SILENT = "silent", _("silent")
    HUNG_UP = "hung_up", _("hung up")
    ABUSE = "abuse", _("abuse or threats")
    WRONG_NUMBER = "wrong_number", _("wrong number")
    THANKS = "thanks", _("thanks")
    MISSED = "missed", _("missed")


class Flag(TextChoices):
    """What the counsellor hears that makes a call urgent; each raises it as `urgency_of` says."""

    CHILD = "child", _("child or minor")
    BEATEN = "beaten", _("beaten")
    SIGNING = "signing", _("made to sign")
    COURT_TODAY = "court_today", _("court today")
    BEING_REMOVED = "being_removed", _("being taken away")
    ARMY_CONTRACT = "army_contract", _("army contract")
    CONTACT_LOST = "contact_lost", _("contact lost")


class Vulnerability(TextChoices):
    MINOR = "minor", _("minor")
    PREGNANT = "pregnant", _("pregnant")
    WITH_CHILDREN = "with_children", _("alone with children")
    ILL = "ill", _("ill or injured")
    DISABLED = "disabled", _("disabled")
    NATURALISED = "naturalised", _("naturalised citizen")
    ASYLUM_SEEKER = "asylum_seeker", _("asylum seeker")


class Language(TextChoices):
    """Languages the line answers in, each named in itself."""

    RU = "ru", "Русский"
    TG = "tg", "Тоҷикӣ"
    UZ = "uz", "Oʻzbekcha"
    KY = "ky", "Кыргызча"
    KK = "kk", "Қазақша"
    TK = "tk", "Türkmençe"
    AZ = "az", "Azərbaycanca"
    HY = "hy", "Հայերեն"
    UK = "uk", "Українська"
    FA = "fa", "دری"
    EN = "en", "English"
    OTHER = "other", _("another language")
    UNKNOWN = "unknown", _("not known")


class Script(TextChoices):
    CYRILLIC = "cyrillic", _("Cyrillic")
    LATIN = "latin", _("Latin")
    ARABIC = "arabic", _("Arabic")
    OTHER = "other", _("other script")


class NameSource(TextChoices):
    CALLER = "caller", _("as the caller said")
    SELF = "self", _("as the person said")
    PASSPORT = "passport", _("passport")
    COURT = "court", _("court or police paper")
    IMPORT = "import", _("imported list")


class Certainty(TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    ESTIMATED = "estimated", _("estimated")
    UNKNOWN = "unknown", _("not known")


class Agency(TextChoices):
    POLICE = "police", _("police")
    ROSGVARDIYA = "rosgvardiya", _("National Guard")
    FSB = "fsb", _("FSB")
    BORDER = "border", _("border service")
    BAILIFFS = "bailiffs", _("bailiffs")
    MILITARY = "military", _("military")
    UNKNOWN = "unknown", _("not known")


class Article(TextChoices):
    """Articles of the Code of Administrative Offences (KoAP) that detained migrants meet."""

    A18_8 = "18.8", _("18.8 rules of stay")
    A18_9 = "18.9", _("18.9 host or employer")
    A18_10 = "18.10", _("18.10 work without a patent")
    A18_11 = "18.11", _("18.11 immigration control")
    A18_20 = "18.20", _("18.20 late patent")
    A19_3 = "19.3", _("19.3 disobedience")
    A20_1 = "20.1", _("20.1 petty hooliganism")
    A20_2 = "20.2", _("20.2 public assembly")
    A20_25 = "20.25", _("20.25 unpaid fine or not leaving")
    CRIMINAL = "criminal", _("criminal case")
    UNKNOWN = "unknown", _("not known")


class DetentionOutcome(TextChoices):
    RELEASED_NO_PAPER = "released_no_paper", _("released without paper")
    RELEASED_PROTOCOL = "released_protocol", _("released with a protocol")
    RELEASED_PAYMENT = "released_payment", _("released after payment")
    FINE = "fine", _("court: fine only")
    FINE_SELF_DEPARTURE = "fine_self_departure", _("fine and departure by oneself")
    FINE_FORCED_EXPULSION = "fine_forced_expulsion", _("fine and forced expulsion")
    TERMINATED = "terminated", _("returned or terminated by the court")
    HOLDING_FACILITY = "holding_facility", _("sent to a special holding facility")
    DEPORTATION = "deportation", _("deportation decision")
    CRIMINAL_CASE = "criminal_case", _("criminal case")
    HANDED_TO_RECRUITERS = "handed_to_recruiters", _("handed to recruiters")
    SIGNED_UNDER_DURESS = "signed_under_duress", _("signed a contract under duress")
    HOSPITAL = "hospital", _("hospital")
    REMOVED = "removed", _("removed from the country")
    REFUSED_ENTRY = "refused_entry", _("refused entry and returned")
    WHEREABOUTS_UNKNOWN = "whereabouts_unknown", _("transferred, whereabouts unknown")
    CONTACT_LOST = "contact_lost", _("contact lost")
    DIED = "died", _("died")
    UNKNOWN = "unknown", _("not known")


class PlaceKind(TextChoices):
    POLICE = "police", _("police department")
    TRANSPORT_POLICE = "transport_police", _("transport police")
    POLICE_VAN = "police_van", _("police van")
    TEMPORARY_FACILITY = "temporary_facility", _("temporary holding facility")
    ARREST_FACILITY = "arrest_facility", _("facility for administrative arrest")
    HOLDING_FACILITY = "holding_facility", _("special holding facility for foreigners")
    PRISON = "prison", _("pre-trial prison")
    COLONY = "colony", _("colony")
    AIRPORT = "airport", _("airport zone")
    BORDER_POINT = "border_point", _("border crossing")
    ENLISTMENT = "enlistment", _("enlistment office")
    MIGRATION_CENTRE = "migration_centre", _("migration centre")
    COURT = "court", _("court")
    PROSECUTOR = "prosecutor", _("prosecutor")
    INVESTIGATORS = "investigators", _("Investigative Committee")
    BAILIFFS = "bailiffs", _("bailiffs")
    CONSULATE = "consulate", _("consulate")
    HOSPITAL = "hospital", _("hospital")
    HOSTEL = "hostel", _("hostel or dormitory")
    FLAT = "flat", _("flat")
    MARKET = "market", _("market")
    WORKPLACE = "workplace", _("workplace")
    MOSQUE = "mosque", _("mosque")
    STREET = "street", _("street or metro")
    OTHER = "other", _("other place")


class IncidentKind(TextChoices):
    RAID = "raid", _("raid")
    ARSON = "arson", _("arson")
    ASSAULT = "assault", _("assault")
    AIRPORT_REFUSALS = "airport_refusals", _("airport refusals")
    PROTEST = "protest", _("detentions at a protest")
    OTHER = "other", _("other")


class ProceedingKind(TextChoices):
    ADMINISTRATIVE = "administrative", _("administrative offence")
    EXPULSION_APPEAL = "expulsion_appeal", _("appeal against expulsion")
    DEPORTATION = "deportation", _("deportation")
    ENTRY_BAN = "entry_ban", _("entry ban")
    CRIMINAL = "criminal", _("criminal case")
    COMPLAINT = "complaint", _("complaint")


class Ruling(TextChoices):
    FORCED_EXPULSION = "forced_expulsion", _("forced expulsion, special holding facility")
    SELF_DEPARTURE = "self_departure", _("fine and departure by oneself")
    FINE = "fine", _("fine only")
    RETURNED = "returned", _("returned or terminated")
    OTHER = "other", _("other ruling")


class FollowUpKind(TextChoices):
    CALL_BACK = "call_back", _("call back")
    CALL_PLACE = "call_place", _("call the place of detention")
    FIND_LAWYER = "find_lawyer", _("find a lawyer")
    COMPLAINT = "complaint", _("write a complaint")
    APPEAL = "appeal", _("lodge an appeal")
    INFORM_FAMILY = "inform_family", _("inform the family")
    CHECK = "check", _("check what happened")


class FollowUpStatus(TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


class FollowUpOutcome(TextChoices):
    REACHED = "reached", _("reached")
    NO_ANSWER = "no_answer", _("no answer")
    DONE = "done", _("done")
    NOT_NEEDED = "not_needed", _("no longer needed")
    FAILED = "failed", _("did not work")


class ReferralStatus(TextChoices):
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DeclineReason(TextChoices):
    CAPACITY = "capacity", _("no capacity")
    CONFLICT = "conflict", _("conflict of interest")
    OUT_OF_SCOPE = "out_of_scope", _("out of scope")
    DUPLICATE = "duplicate", _("already our client")
    MERITS = "merits", _("no prospects")


class NoticeKind(TextChoices):
    FOLLOW_UP_DUE = "follow_up.due", _("A follow-up is due")
    CASE_ASSIGNED = "case.assigned", _("A case was assigned to you")
    CASE_OPENED = "case.opened", _("An urgent case was opened")
    REFERRAL_OFFERED = "referral.offered", _("A case is offered to you")
    REFERRAL_ACCEPTED = "referral.accepted", _("A partner accepted a case")
    REFERRAL_DECLINED = "referral.declined", _("A partner declined a case")


class DeliveryChannel(TextChoices):
    EMAIL = "email", _("e-mail")


class DeliveryStatus(TextChoices):
    PENDING = "pending", _("pending")
    SENT = "sent", _("sent")
    DEAD = "dead", _("given up")
    CANCELLED = "cancelled", _("cancelled")


class FigureKind(TextChoices):
    """What a published number of somebody else counts."""

    COURT_RECEIVED = "court_received", _("migration cases received by courts")
    COURT_EXAMINED = "court_examined", _("cases examined")
    COURT_FORCED_EXPULSION = "court_forced_expulsion", _("ordered into special holding facilities")
    COURT_SELF_DEPARTURE = "court_self_departure", _("fined and told to leave by themselves")
    COURT_OTHER = "court_other", _("other outcome")
    COURT_PENDING = "court_pending", _("pending")
    KILLED = "killed", _("people killed in the attack")
    INJURED = "injured", _("people injured in the attack")
    HOTLINE_CALLS = "hotline_calls", _("calls to a hotline")
    ARRESTED = "arrested", _("arrested after the attack")
