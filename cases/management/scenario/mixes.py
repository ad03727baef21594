"""Who calls about what: shares of topics, peoples, regions, languages and channels in the three phases.

Sources of the shares: police made 86 % of all complaints in 2018 and detention 63 % of calls; after 22 March
2024 more than half were raids and illegal detentions, later two thirds (750 to 800 of 1,200 a day); Uzbeks and
Kyrgyz called first, Tajiks third. Shares that nobody published are guesses and no more.
"""

CALM, SURGE, WEEK = "calm", "surge", "week"

# Shares of calls in per cent, by topic and phase.
TOPICS: dict[str, dict[str, float]] = {
    CALM: {
        "detention": 58,
        "raid": 5,
        "extortion": 15,
        "violence": 2,
        "documents": 8,
        "wages": 5,
        "border": 1,
        "entry_ban": 1,
        "information": 3,
        "junk": 2,
    },
    SURGE: {
        "detention": 49,
        "raid": 13,
        "whereabouts": 6,
        "violence": 3,
        "army": 5,
        "expulsion": 2,
        "holding": 1,
        "extortion": 4,
        "hate_attack": 2,
        "leaving": 3,
        "documents": 2,
        "border": 2,
        "child": 0.7,
        "medical": 0.7,
        "relative_at_risk": 0.6,
        "information": 3,
        "junk": 3,
    },
    WEEK: {
        "detention": 57,
        "raid": 9,
        "expulsion": 5,
        "holding": 3,
        "whereabouts": 3,
        "violence": 1.5,
        "army": 5,
        "conscription": 0.7,
        "border": 2,
        "leaving": 3,
        "documents": 2.5,
        "extortion": 2.5,
        "wages": 1,
        "hate_attack": 0.8,
        "child": 0.7,
        "medical": 0.6,
        "entry_ban": 0.9,
        "asylum": 0.3,
        "information": 0.5,
        "junk": 1,
    },
}

# How many calls one story of a topic brings, itself included: relatives ring separately.
CALLERS: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "detention": ((1, 2, 3, 4, 5), (22, 27, 23, 16, 12)),
    "whereabouts": ((1, 2, 3, 4), (25, 35, 22, 18)),
    "violence": ((1, 2), (70, 30)),
    "army": ((1, 2, 3), (45, 35, 20)),
    "expulsion": ((1, 2, 3), (45, 35, 20)),
    "holding": ((1, 2, 3), (45, 35, 20)),
}
ONE_CALLER = ((1,), (100,))

# The chance that the first call of a topic opens a case.
OPENS_CASE: dict[str, float] = {
    "detention": 1,
    "whereabouts": 1,
    "violence": 1,
    "army": 1,
    "expulsion": 1,
    "holding": 1,
    "conscription": 0.5,
    "extortion": 0.4,
    "hate_attack": 0.6,
    "border": 0.4,
    "entry_ban": 0.5,
    "wages": 0.5,
    "documents": 0.15,
    "leaving": 0.15,
    "child": 0.6,
    "medical": 0.6,
    "relative_at_risk": 0.5,
    "asylum": 0.6,
    "raid": 0.05,
}

NATIONALITIES = {"UZ": 42, "KG": 29, "TJ": 19, "KZ": 2, "AZ": 2, "AM": 2, "RU": 4}
REGIONS = {
    "RU-MOW": 33,
    "RU-MOS": 14,
    "RU-SPE": 20,
    "RU-LEN": 4,
    "RU-SVE": 8,
    "RU-KDA": 3,
    "RU-NVS": 2.5,
    "RU-SAM": 2,
    "RU-TA": 2,
    "RU-KYA": 1.5,
    "RU-CHE": 1.2,
    "RU-TYU": 1,
    "RU-KHM": 1,
    "RU-IRK": 1,
    "RU-KHA": 0.8,
    "RU-PRI": 0.8,
    "RU-AMU": 0.3,
    "RU-KLU": 0.5,
    "RU-TUL": 0.8,
    "RU-ROS": 0.8,
    "RU-NIZ": 0.8,
    "RU-BA": 0.5,
    "unknown": 0.5,
}
LANGUAGES: dict[str, dict[str, int]] = {
    "UZ": {"uz": 60, "ru": 40},
    "KG": {"ky": 50, "ru": 50},
    "TJ": {"tg": 55, "ru": 43, "fa": 2},
    "KZ": {"ru": 60, "kk": 40},
    "AZ": {"ru": 70, "az": 30},
    "AM": {"ru": 75, "hy": 25},
    "RU": {"ru": 100},
}
CHANNELS = {"phone": 54, "whatsapp": 25, "telegram": 18, "signal": 3}
RELATIONS = {
    "spouse": 24,
    "sibling": 22,
    "parent": 12,
    "self": 12,
    "friend": 11,
    "relative": 9,
    "colleague": 6,
    "child": 2,
    "employer": 2,
}
ARTICLES = {"18.8": 58, "19.3": 12, "20.1": 14, "18.10": 8, "unknown": 8}
AGENCIES = {"police": 72, "rosgvardiya": 22, "fsb": 2, "unknown": 4}
# Ends of a detention which no court decided.
RELEASES = {
    "released_no_paper": 38,
    "released_protocol": 24,
    "released_payment": 18,
    "fine": 8,
    "contact_lost": 6,
    "whereabouts_unknown": 3,
    "hospital": 1,
    "handed_to_recruiters": 1,
    "signed_under_duress": 1,
}
# Ends that a court decided, and the case's end that follows.
RULING_OUTCOMES = {
    "forced_expulsion": "fine_forced_expulsion",
    "self_departure": "fine_self_departure",
    "fine": "fine",
    "returned": "terminated",
}
CLOSINGS: dict[str, dict[str, int]] = {
    "released_no_paper": {"released": 80, "advice_given": 20},
    "released_protocol": {"released": 70, "advice_given": 30},
    "released_payment": {"released": 50, "caller_wish": 50},
    "fine": {"resolved": 60, "advice_given": 40},
    "fine_self_departure": {"left_safely": 70, "no_contact": 30},
    "fine_forced_expulsion": {"expelled": 62, "lost": 25, "partly_won": 5, "won": 3, "no_contact": 5},
    "terminated": {"won": 70, "resolved": 30},
    "hospital": {"resolved": 70, "referred": 30},
    "handed_to_recruiters": {"no_contact": 100},
    "signed_under_duress": {"no_contact": 80, "referred": 20},
    "contact_lost": {"no_contact": 100},
    "whereabouts_unknown": {"no_contact": 100},
}
