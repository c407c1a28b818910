"""Typed moments: precision, questions about what can be read two ways, and clocks that change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labbook.quantities import Moment, MomentError, parse_moment, show_moment

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 4, 20, 12, 0, tzinfo=UTC)  # 14:00 in Rome


def parsed(text: str) -> Moment:
    """The moment a person in Rome typed on 20 April 2026 at 14:00."""
    return parse_moment(text, zone=ROME, now=NOW)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-02-16", "16 Feb 2026"),
        ("16 Feb 2026", "16 Feb 2026"),
        ("16. February 2026", "16 Feb 2026"),
        ("Feb 16, 2026", "16 Feb 2026"),
        ("16.02.2026", "16 Feb 2026"),
        ("16/02/2026", "16 Feb 2026"),
        ("02/16/2026", "16 Feb 2026"),
        ("yesterday", "19 Apr 2026"),
        ("2026-02-16 10:20", "16 Feb 2026, 10:20"),
        ("16.02.2026, 10:20", "16 Feb 2026, 10:20"),
        ("10:20", "20 Apr 2026, 10:20"),
        ("2026-02-16T10:20Z", "16 Feb 2026, 11:20"),
        ("2026-02-16T10:20:07.100000+01:00", "16 Feb 2026, 10:20:07"),
        ("2025-10-26 02:30+01:00", "26 Oct 2025, 02:30"),
    ],
)
def test_a_moment_is_understood_with_its_precision(text: str, shown: str) -> None:
    assert show_moment(parsed(text), ROME) == shown


def test_fractions_of_a_second_are_kept() -> None:
    assert parsed("2026-02-16T10:20:07.100000+01:00").at == datetime(2026, 2, 16, 9, 20, 7, 100000, tzinfo=UTC)


def test_a_day_that_can_be_read_two_ways_is_asked_about() -> None:
    with pytest.raises(MomentError) as question:
        parsed("03/04/2026")

    assert str(question.value) == "“03/04/2026” can be 3 April or 4 March. Write 2026-04-03 or 2026-03-04."


def test_the_future_is_refused_but_a_clock_may_run_five_minutes_ahead() -> None:
    assert parsed("14:05").at == NOW + timedelta(minutes=5)
    for text in ("14:06", "2026-04-21", "9999-12-31", "2026-04-20 23:00"):
        with pytest.raises(MomentError, match="is in the future"):
            parsed(text)


def test_a_time_that_summer_time_skips_is_refused_and_one_it_repeats_is_asked_about() -> None:
    with pytest.raises(MomentError, match="02:30 does not exist on 29 March"):
        parsed("2026-03-29 02:30")
    with pytest.raises(MomentError, match=r"Add the offset: 02:30\+02:00 or 02:30\+01:00"):
        parsed("2025-10-26 02:30")


@pytest.mark.parametrize(
    "text",
    ["", " ", "tomorrow", "16.02.26", "2026-02-30", "2026-13-01", "2026-02-16 25:00", "1899-01-01", "16 Foo 2026",
     "2026-02-16 10:20+99:00", "<script>", "2026-02-16" + " " * 100, "x" * 10**6, "2026-02-16 10:20 pm"],
)  # fmt: skip
def test_what_is_no_moment_is_refused_with_a_short_sentence(text: str) -> None:
    with pytest.raises(MomentError) as refusal:
        parsed(text)

    assert len(str(refusal.value)) < 120


@given(st.datetimes(datetime.fromisoformat("1900-01-02"), datetime.fromisoformat("2026-04-01")))
def test_an_iso_moment_comes_back(naive: datetime) -> None:
    at = naive.replace(tzinfo=UTC)

    assert parsed(at.isoformat()).at == at


@given(st.text(max_size=70))
def test_any_text_is_a_moment_or_a_sentence(text: str) -> None:
    try:
        said = show_moment(parsed(text), ROME)
    except MomentError as refusal:
        said = str(refusal)

    assert 0 < len(said) < 150
