"""Ladders: rungs in the order they are climbed, corrected and merged with a reason."""

from decimal import Decimal
from typing import Any

import pytest

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, Revision, User
from measurements.models import Series
from measurements.services.series import add_rungs, change_rung, merge_rungs, rung_at, start_series
from tests.measurements.measuring import make_sample, measure


@pytest.fixture
def ladder(lab: Lab, member: User) -> Series:
    """A pressure series with three rungs on compression."""
    sample = make_sample(lab, member, "NC-024-F2")
    with journal_of(lab, by=member) as journal:
        values = [Decimal("0.4"), Decimal(0), Decimal("1.27")]
        return start_series(journal, sample=sample, along="pressure", values=values, branch="compression")


def words(series: Series) -> list[str]:
    return [str(one) for one in series.rungs.order_by("position")]


def test_release_follows_compression_and_runs_down(lab: Lab, member: User, ladder: Series) -> None:
    with journal_of(lab, by=member) as journal:
        add_rungs(journal, ladder, values=[Decimal(0), Decimal("0.6")], branch="release")

    assert words(ladder) == ["0 GPa", "0.4 GPa", "1.27 GPa", "0.6 GPa, release", "0 GPa, release"]


def test_a_rung_stands_once(lab: Lab, member: User, ladder: Series) -> None:
    with pytest.raises(Refusal, match="already"), journal_of(lab, by=member) as journal:
        add_rungs(journal, ladder, values=[Decimal("0.4")], branch="compression")

    with journal_of(lab, by=member) as journal:
        found = rung_at(journal, ladder, nominal=Decimal("0.4"), branch="compression")

    assert found.series == ladder
    assert len(words(ladder)) == 3


def test_another_value_needs_a_reason_and_the_history_keeps_it(lab: Lab, member: User, ladder: Series) -> None:
    rung = ladder.rungs.get(nominal="0.4")
    given: dict[str, Any] = {"nominal": Decimal("0.5"), "branch": "compression", "note": ""}

    with pytest.raises(Refusal, match="another value"), journal_of(lab, by=member) as journal:
        change_rung(journal, rung, **given)
    rung.refresh_from_db()
    with journal_of(lab, by=member) as journal:
        change_rung(journal, rung, **given, reason="misread")

    told = Revision.objects.get(record_type="series", action="rung changed")
    assert (told.reason, told.changes["rung"]) == ("misread", ["0.4 GPa", "0.5 GPa"])


def test_merging_moves_the_measurements(lab: Lab, member: User, ladder: Series) -> None:
    wrong, right = ladder.rungs.get(nominal="0.4"), ladder.rungs.get(nominal="1.27")
    one = measure(lab, member, ladder.sample, rung=wrong)

    with journal_of(lab, by=member) as journal:
        merge_rungs(journal, wrong, into=right, reason="the same pressure")

    one.refresh_from_db()
    assert one.rung == right
    assert words(ladder) == ["0 GPa", "1.27 GPa"]
