"""What the matching reaches on the committed pairs; the goals are those of the product."""

from cases.names import NameIndex, score
from tests.cases.names.compose import committed, lexicon, pairs, population

SAME = 0.76


def test_the_committed_pairs_are_those_that_the_rules_compose() -> None:
    assert committed() == pairs()


def test_pairs_of_one_person_are_told_from_pairs_of_two() -> None:
    verdicts = [(same, score(a, b) >= SAME) for a, b, same, _ in committed()]
    found = sum(same and verdict for same, verdict in verdicts)
    wrong = sum(not same and verdict for same, verdict in verdicts)
    positives = sum(same for same, _ in verdicts)
    assert 2 * found / (positives + found + wrong) >= 0.96
    assert wrong / (len(verdicts) - positives) < 0.03


def test_pairs_never_seen_do_as_well() -> None:
    verdicts = [(same, score(a, b) >= SAME) for a, b, same, _ in pairs(seed=7)]
    found = sum(same and verdict for same, verdict in verdicts)
    wrong = sum(not same and verdict for same, verdict in verdicts)
    positives = sum(same for same, _ in verdicts)
    assert 2 * found / (positives + found + wrong) >= 0.95
    assert wrong / (len(verdicts) - positives) < 0.03


def test_nearly_everybody_is_among_the_first_ten_of_five_thousand() -> None:
    wanted = [(number, a, b) for number, (a, b, same, _) in enumerate(committed()) if same]
    index: NameIndex[int] = NameIndex((-1 - n, name) for n, name in enumerate(population(5000)))
    for number, a, _ in wanted:
        index.add(number, a)
    found = sum(number in dict(index.search(b, 10)) for number, _, b in wanted)
    assert found / len(wanted) >= 0.97


def test_the_composed_names_are_single_words_used_once() -> None:
    names = [name for of_a_sex in lexicon().values() for name in of_a_sex]
    assert len(names) == len(set(names)) and all(name.isalpha() for name in names)
