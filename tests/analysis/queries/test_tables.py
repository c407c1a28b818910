"""Saved tables filled from fits."""

import pytest
from pytest_django import DjangoAssertNumQueries

from analysis.models import Fit, SavedTable, ValueInForce, Verdict
from analysis.queries.tables import changes_between, fill, hash_of
from analysis.services.publishing import save_table
from labbook.journal import journal_of
from labbook.models import Lab, Project, User
from measurements.models import Series
from samples.models import Sample
from tests.analysis.publishing.fitted import LIFETIMES, fit_of, ladder_of, measured_on, sized
from tests.measurements.measuring import make_sample

GAP: dict[str, tuple[float, float | None]] = {
    "gap_e0": (1.922, 0.045), "gap_zero_temperature": (1.856, 0.003), "gap_expansion": (1.97e-4, 0.78e-4),
    "gap_phonon": (-0.066, 0.041),
}  # fmt: skip


@pytest.fixture
def series(lab: Lab, member: User) -> Series:
    """A load with decays at three pressures."""
    return ladder_of(lab, member, "NC-024-F2-DAC1", "pressure", ["0", "0.13", "0.4"], "TRPL")


def table_of(
    lab: Lab, by: User, kind: str, series: Series | None = None, samples: tuple[Sample, ...] = ()
) -> SavedTable:
    """Save a table."""
    with journal_of(lab, by=by) as journal:
        return save_table(journal, kind=kind, title="Lifetimes", series=series, samples=samples)


def written(table: SavedTable, user: User) -> list[list[str]]:
    """Return the rows of a table as printed."""
    sheet = fill(table, user).sheet
    return [[str(cell.written(column)) for cell, column in zip(row, sheet.columns, strict=True)] for row in sheet.rows]


def notes_of(table: SavedTable, user: User) -> list[str]:
    """Return the footnotes of a table."""
    return [one.text for one in fill(table, user).sheet.footnotes if not one.text.startswith("Sample: ")]


def test_every_rung_with_a_fit_is_a_row_and_the_others_are_not(lab: Lab, member: User, series: Series) -> None:
    first, second, _ = measured_on(series)
    fit_of(lab, "decay", LIFETIMES, measurement=first)
    fit_of(lab, "decay", {**LIFETIMES, "tau1": (2.3094, 0.0321)}, measurement=second)

    rows = written(table_of(lab, member, "s2", series), member)

    assert rows == [
        ["0", "0.65 ± 0.02", "2.28 ± 0.08", "0.400 ± 0.010", "8.2 ± 0.2"],
        ["0.13", "0.65 ± 0.02", "2.31 ± 0.03", "0.400 ± 0.010", "8.2 ± 0.2"],
    ]


def test_a_flagged_fit_leaves_its_row_empty_and_says_so(lab: Lab, member: User, series: Series) -> None:
    fit_of(
        lab, "decay", LIFETIMES, measurement=measured_on(series)[0], is_grave=True,
        flags=[{"code": "bound", "text": "A lifetime is at its bound.", "is_grave": True}],
    )  # fmt: skip
    table = table_of(lab, member, "s2", series)

    assert written(table, member) == [["0", "–", "–", "–", "–"]]
    assert notes_of(table, member) == ["The fit waits for a person to look at its flags."]


def test_an_accepted_fit_fills_its_row_and_says_why(lab: Lab, member: User, series: Series) -> None:
    fit_of(
        lab, "decay", LIFETIMES, measurement=measured_on(series)[0], is_grave=True, verdict=Verdict.ACCEPTED,
        verdict_reason="Seen twice.", flags=[{"code": "bound", "text": "At its bound.", "is_grave": True}],
    )  # fmt: skip
    table = table_of(lab, member, "s2", series)

    assert written(table, member)[0][2] == "2.28 ± 0.08"
    assert notes_of(table, member) == ["At its bound.", "Accepted: Seen twice."]


def test_a_stale_number_is_shown_and_marked(lab: Lab, member: User, series: Series) -> None:
    fit_of(lab, "decay", LIFETIMES, measurement=measured_on(series)[0], stale_because="the calibration changed")
    table = table_of(lab, member, "s2", series)

    cells = fill(table, member).sheet.rows[0]

    assert [cell.is_stale for cell in cells] == [False, True, True, True, True]
    assert notes_of(table, member) == ["Stale: the calibration changed"]


def test_replicates_on_a_rung_are_averaged_and_two_methods_are_not(lab: Lab, member: User, series: Series) -> None:
    first = measured_on(series)[0]
    fit_of(lab, "decay", LIFETIMES, measurement=first)
    fit_of(lab, "decay", {**LIFETIMES, "tau1": (2.4, 0.08)}, measurement=first)
    fit_of(lab, "lifetime_against_pressure", {"tau1": (99.0, 1.0)}, measurement=first)
    table = table_of(lab, member, "s2", series)

    assert written(table, member)[0][2] == "2.34 ± 0.06"
    assert notes_of(table, member)[0].startswith("Mean of 2 measurements")


def test_what_is_said_of_every_row_is_said_once(lab: Lab, member: User, series: Series) -> None:
    for measurement in measured_on(series):
        fit_of(
            lab, "decay", LIFETIMES, measurement=measurement, statistics={"normalisation": "fractions that sum to one"}
        )
    filled = fill(table_of(lab, member, "s2", series), member)

    told = [(one.mark, one.text) for one in filled.sheet.footnotes]
    assert told == [("", "Amplitudes: fractions that sum to one."), ("", "Sample: NC-024-F2-DAC1.")]
    assert all(not cell.marks for row in filled.sheet.rows for cell in row)


def test_the_table_of_sizes_has_both_readings_of_the_gap(lab: Lab, member: User) -> None:
    series = ladder_of(lab, member, "NC-024-F2-FL1", "temperature", ["80", "300"], "PL")
    fit_of(
        lab, "gap_against_temperature", GAP, series=series,
        used={"phonon_energy_mev": 35.0, "phonon_energy_stderr_mev": 1.5},
    )  # fmt: skip
    table = table_of(lab, member, "s1", series)

    assert written(table, member) == [
        ["NC-024-F2-FL1", "–", "1.92 ± 0.04", "1.856 ± 0.003", "2.0 ± 0.8", "−0.07 ± 0.04"]
    ]
    assert fill(table, member).sheet.columns[4].power == -4
    assert notes_of(table, member)[0] == "ħω = 35.0 ± 1.5 meV, fixed from the FWHM fit."


def test_a_table_of_values_takes_those_in_force_and_says_whose_they_are(lab: Lab, member: User) -> None:
    sample = sized(lab, member, "NC-024-F2", 9.04)
    ValueInForce.objects.create(
        lab=lab, sample=sample, quantity="plqy", state="", value=51.6, stderr=1.27, replicate_count=3, unit="%"
    )
    ValueInForce.objects.create(lab=lab, sample=sample, quantity="fwhm", state="80 K", value=60.0, unit="meV")
    table = table_of(lab, member, "overview", samples=(sample,))

    assert written(table, member) == [["NC-024-F2", "9.04 ± 0.07", "–", "–", "51.6 ± 1.3"]]
    assert notes_of(table, member) == ["Mean of 3 measurements."]


def test_a_number_that_changes_after_saving_is_told(lab: Lab, member: User, series: Series) -> None:
    fit = fit_of(lab, "decay", LIFETIMES, measurement=measured_on(series)[0])
    table = table_of(lab, member, "s2", series)
    Fit.objects.filter(pk=fit.pk).update(is_current=False)
    newer = fit_of(lab, "decay", {**LIFETIMES, "tau1": (2.5, 0.08)}, measurement=measured_on(series)[0])

    changes = changes_between(table.sources, fill(table, member).sources)

    told = next(one for one in changes if one.name == "τ₁, 0 GPa")
    assert (told.before, told.now) == (f"2.28 ± 0.08 ns, fit {fit.pk}", f"2.50 ± 0.08 ns, fit {newer.pk}")
    assert table.data_hash == hash_of(table.sources)


def test_nothing_changed_where_nothing_changed(lab: Lab, member: User, series: Series) -> None:
    fit_of(lab, "decay", LIFETIMES, measurement=measured_on(series)[0])
    table = table_of(lab, member, "s2", series)

    assert changes_between(table.sources, fill(table, member).sources) == []


def test_fits_of_a_hidden_project_are_no_rows(lab: Lab, member: User, manager: User, series: Series) -> None:
    fit_of(lab, "decay", LIFETIMES, measurement=measured_on(series)[0])
    table = table_of(lab, member, "s2", series)
    hidden = Project.objects.create(lab=lab, name="Hidden", slug="hidden", is_restricted=True)
    Fit.objects.update(project=hidden)

    assert written(table, member) == []


def test_the_number_of_queries_does_not_grow_with_the_rows(
    lab: Lab, member: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    series = ladder_of(lab, member, "NC-024-F2-DAC2", "pressure", [f"{index / 10}" for index in range(12)], "TRPL")
    for measurement in measured_on(series):
        fit_of(lab, "decay", LIFETIMES, measurement=measurement)
    table = table_of(lab, member, "s2", series)

    with django_assert_max_num_queries(9):
        filled = fill(table, member)

    assert len(filled.sheet.rows) == 12


def test_a_sample_without_values_is_a_row_of_dashes(lab: Lab, member: User) -> None:
    sample = make_sample(lab, member, "NC-025-F1")

    assert written(table_of(lab, member, "overview", samples=(sample,)), member) == [["NC-025-F1", "–", "–", "–", "–"]]


def test_a_series_that_went_into_a_hidden_project_is_named_in_no_file(lab: Lab, member: User, series: Series) -> None:
    table = table_of(lab, member, "s2", series)
    assert dict(fill(table, member).sheet.facts)["series"].startswith("NC-024-F2-DAC1")

    series.project = Project.objects.create(lab=lab, name="Hidden", slug="hidden", is_restricted=True)
    series.save()

    assert "series" not in dict(fill(table, member).sheet.facts)


def test_a_table_of_a_series_names_its_sample_and_its_size(lab: Lab, member: User, series: Series) -> None:
    series.sample.fraction = sized(lab, member, "NC-024-F2", 9.04)
    series.sample.save()

    filled = fill(table_of(lab, member, "s2", series), member)

    assert filled.sheet.footnotes[-1].text == "Sample: NC-024-F2-DAC1, 9 nm."


def test_a_number_is_not_changed_by_those_beside_it(lab: Lab, member: User, series: Series) -> None:
    first, second, _ = measured_on(series)
    fit_of(lab, "decay", LIFETIMES, measurement=first)
    table = table_of(lab, member, "s2", series)

    fit_of(lab, "decay", {**LIFETIMES, "tau1": (2.30941, 0.00032)}, measurement=second)

    changed = changes_between(table.sources, fill(table, member).sources)
    assert {one.name.partition(", ")[2] for one in changed} == {"0.13 GPa"}
