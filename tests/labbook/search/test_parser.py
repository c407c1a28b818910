"""One line of text or a handful of facets become the same query, and nonsense never stops the rest."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from labbook.search.keys import Clock, Interval, Query, SearchKey, Term
from labbook.search.parser import parse, parse_all
from labbook.search.tokens import LONGEST_QUERY

NOW = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
CLOCK = Clock(NOW, ZoneInfo("Europe/Rome"))
KEYS = {
    key.name.lower(): key
    for key in (
        SearchKey("kind", "Kind", "choice", "film", choices={"film": ("film",), "dac": ("load",)}),
        SearchKey("size", "Size", "number", "9", unit="nm", words=("measured",)),
        SearchKey("injT", "Injection temperature", "number", "160..170", unit="°C"),
        SearchKey("gap", "Gap", "number", "<90meV", unit="eV"),
        SearchKey("stored", "Stored", "duration", ">60d"),
        SearchKey("made", "Made", "day", "2026-02"),
        SearchKey("in", "Place", "word", "freezer"),
        SearchKey("tech", "Technique", "later", "TEM", nothing="No measurements yet."),
    )
}


def query(text: str) -> Query:
    return parse(text, KEYS, CLOCK)


def only(text: str) -> Term:
    """Return the one term of a text that is understood whole."""
    found = query(text)
    assert not found.problems
    return found.terms[0]


def days_ago(days: float) -> float:
    return NOW.timestamp() - days * 86_400


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("injT:160..170", Interval(160, 170)),
        ("injT:160..", Interval(low=160)),
        ("injT:..170", Interval(high=170)),
        ("injT:>160", Interval(low=160, low_is_out=True)),
        ("injT:<=170°C", Interval(high=170)),
        ('injT:"433.15 K..443.15 K"', Interval(160, 170)),
        ("INJT:160", Interval(159.5, 160.5)),
        ("size:9", Interval(8.5, 9.5)),
        ("size:9.0", Interval(8.95, 9.05)),
        ("size:0.009um", Interval(8.5, 9.5)),
        ("gap:<90meV", Interval(high=0.09, high_is_out=True)),
    ],
)
def test_numbers_become_intervals_in_the_unit_of_their_key(text: str, interval: Interval) -> None:
    assert only(text).intervals == (interval,)


def test_a_longer_time_lies_further_back() -> None:
    assert only("stored:>60d").intervals == (Interval(high=days_ago(60), high_is_out=True),)
    assert only("stored:2w..1mo").intervals == (Interval(low=days_ago(30), high=days_ago(14)),)


def test_days_months_and_years_are_whole_in_the_zone_of_the_lab() -> None:
    start = datetime(2026, 2, 1, tzinfo=CLOCK.zone).timestamp()
    end = datetime(2026, 3, 1, tzinfo=CLOCK.zone).timestamp()

    assert only("made:2026-02").intervals == (Interval(start, end, high_is_out=True),)
    assert only("made:>2026-02").intervals == (Interval(low=end),)
    assert only("made:<2026-02").intervals == (Interval(high=start, high_is_out=True),)
    assert only("made:2026-02..2026-02").intervals == only("made:2026-02").intervals


def test_several_values_are_alternatives_and_a_minus_negates() -> None:
    term = only("-kind:film,dac")

    assert (term.words, term.is_negated) == (("film", "load"), True)
    assert term.said == "not Kind: film or dac"


def test_quotes_keep_spaces_and_commas_together() -> None:
    assert only('in:"Fridge 2, left",bench').words == ("Fridge 2, left", "bench")


def test_free_words_stay_words_also_with_digits_and_colons() -> None:
    assert [term.words for term in query("nc-024 10:28:00 -turbid").terms] == [("nc-024",), ("10:28:00",), ("turbid",)]
    assert query("-turbid").terms[0].is_negated


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour:red", "There is no key “colour:”."),
        ("kind:cat", "“cat” is no kind. Known: film, dac."),
        ("injT:warm", "is not a number"),
        ("injT:170..160", "starts above its end"),
        ("size:9kg", "is a mass"),
        ("made:2026-13", "There is no day “2026-13”."),
        ("made:soon", "is not a day"),
        ("stored:long", "is not a number or a range"),
        ("size:", "Write a value after “size:”"),
    ],
)
def test_a_bad_token_is_reported_and_the_rest_still_runs(text: str, message: str) -> None:
    found = query(f"{text} kind:film")

    assert [problem.text for problem in found.problems] == [text]
    assert message in found.problems[0].message
    assert [term.key for term in found.terms] == ["kind"]


def test_a_key_of_records_to_come_says_that_there_are_none() -> None:
    assert query("tech:TEM").notices == ("No measurements yet.",)


def test_facets_and_text_mean_the_same() -> None:
    facets = {"kind": ["film", "dac"], "injT_from": ["160"], "injT_to": ["170"], "stored": [""], "before": ["7"]}
    together, chosen = parse_all("size:9", facets, KEYS, CLOCK)

    typed = query("size:9 kind:film,dac injT:160..170")
    assert together.terms == typed.terms
    assert [term.key for term in chosen.terms] == ["kind", "injT"]


def test_the_understood_part_reads_as_the_same_query_again() -> None:
    first = query('size:9,measured -in:"Fridge 2" made:>2026-01 nc-024 nonsense:1')

    assert query(first.text).terms == first.terms


@given(some.text(max_size=2 * LONGEST_QUERY))
def test_no_text_breaks_the_parser(text: str) -> None:
    found = query(text)

    assert query(found.text).terms == found.terms


@given(some.sampled_from(sorted(KEYS)), some.text(alphabet="0123456789.<>=,-dnmK° \"'", max_size=20))
def test_no_value_breaks_a_key(key: str, value: str) -> None:
    found = query(f"{key}:{value}")

    assert all(problem.message for problem in found.problems)
