"""The people of one story: the one in trouble, and the relatives who ring, each with words of their own."""

from dataclasses import dataclass, replace
from random import Random

from cases.management.scenario.events import Told
from cases.management.scenario.mixes import LANGUAGES, NATIONALITIES, RELATIONS
from cases.management.scenario.names import FullName, compose
from cases.management.scenario.phones import unassignable
from cases.management.scenario.plots import drawn
from cases.management.scenario.spelling import given_only, heard, script

_SEX = {"spouse": "f", "sibling": "m", "parent": "f"}


@dataclass(frozen=True, slots=True)
class Client:
    """The person a story is about, with the name they bear and what is known of them."""

    name: FullName
    told: Told
    people: str


def client(rng: Random, key: str, topic: str) -> Client:
    """Somebody in trouble. Citizens of Russia among them were naturalised and keep their names."""
    nationality = drawn(rng, NATIONALITIES)
    people = rng.choice(("TJ", "UZ", "KG")) if nationality == "RU" else nationality
    name = compose(rng, people, "m" if rng.random() < 0.87 else "f")
    vulnerabilities = []
    if nationality == "RU":
        vulnerabilities.append("naturalised")
    if name.sex == "f" and rng.random() < 0.12:
        vulnerabilities.append(rng.choice(("pregnant", "with_children")))
    if rng.random() < 0.03:
        vulnerabilities.append(rng.choice(("ill", "minor", "disabled")))
    if topic == "asylum":
        vulnerabilities.append("asylum_seeker")
    birth_year = 2007 if "minor" in vulnerabilities else rng.randint(1964, 2005)
    text = heard(rng, name)
    told = Told(
        key=key,
        name=text,
        script=script(text),
        nationality=nationality,
        birth_year=birth_year if rng.random() < 0.7 else None,
        languages=(drawn(rng, LANGUAGES[people]),),
        phone=unassignable(rng, "RU") if rng.random() < 0.5 else "",
        vulnerabilities=tuple(vulnerabilities),
    )
    return Client(name, told, people)


def told_again(rng: Random, person: Client) -> Told:
    """The same person as the next caller names them: another spelling, perhaps without a year or a number."""
    text = given_only(person.name) if rng.random() < 0.06 else heard(rng, person.name)
    return replace(person.told, name=text, script=script(text))


def relations(rng: Random, topic: str, count: int) -> list[str]:
    """Who the callers of a story are; the person in trouble rings at most once, and first."""
    if topic in {
        "information",
        "documents",
        "wages",
        "entry_ban",
        "conscription",
        "asylum",
        "junk",
        "leaving",
    }:
        return ["self"] * count
    shares = dict(RELATIONS)
    found = []
    for _ in range(count):
        relation = drawn(rng, shares)
        shares.pop("self", None)
        if relation in {"spouse", "employer"}:
            shares.pop(relation)
        found.append(relation)
    return found


def caller(rng: Random, key: str, relation: str, person: Client, shared_phone: str) -> Told:
    """Somebody who rings about a person: kin share the family name, and now and then a telephone."""
    sex = _SEX.get(relation) or rng.choice("mf")
    kin = relation in {"spouse", "sibling", "parent", "child"}
    family = person.name.family.removesuffix("а") if kin and person.name.sex == "f" else person.name.family
    father = person.name.father if relation == "sibling" else None
    name = compose(rng, person.people, sex, family if kin else None, father)
    text = heard(rng, name) if rng.random() < 0.7 else given_only(name)
    abroad = relation in {"parent", "relative"} and rng.random() < 0.5
    home = person.people if abroad else "RU"
    return Told(
        key=key,
        name=text,
        script=script(text),
        nationality=person.people if rng.random() < 0.5 else "",
        languages=(drawn(rng, LANGUAGES[person.people]),),
        phone=shared_phone if shared_phone and rng.random() < 0.2 else unassignable(rng, home),
    )
