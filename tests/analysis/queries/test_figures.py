"""Ready-made figures, prepared from records and drawn."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from analysis.models import Fit, SavedFigure
from analysis.publishing.figure_kinds import FIGURES, Of
from analysis.queries.figures import Prepared, prepared
from analysis.queries.tables import changes_between
from analysis.services.publishing import save_figure
from labbook.journal import journal_of
from labbook.models import Lab, Project, User
from measurements.curves.figure_panels import panel_figure_of
from measurements.curves.panels import MapPanel, Mark, Panel
from measurements.models import Curve, Measurement, Series
from measurements.services.series import add_rungs
from samples.kinds import SampleKind
from samples.models import Sample
from tests.analysis.publishing.fitted import (
    LIFETIMES,
    decay_plot,
    fit_of,
    gap_plot,
    histogram_plot,
    ladder_of,
    measured_on,
    sized,
)
from tests.measurements.curves.plotting import X, line_at, stored
from tests.measurements.measuring import make_sample, measure, with_file


def figure_of(lab: Lab, by: User, kind: str, series: Series | None = None, *samples: Sample) -> Prepared:
    """Save a figure and prepare it."""
    return prepared(saved(lab, by, kind, series, *samples), by)


def saved(lab: Lab, by: User, kind: str, series: Series | None = None, *samples: Sample) -> SavedFigure:
    """Save a figure."""
    with journal_of(lab, by=by) as journal:
        return save_figure(journal, kind=kind, title=f"figure {kind}", series=series, samples=samples)


def panel(found: Prepared, index: int = 0) -> Panel:
    """Return one panel of lines of a figure."""
    one = found.draw().panels[index]
    assert isinstance(one, Panel)
    return one


def with_line(measurement: Measurement, place_nm: float, x: np.ndarray = X, unit: str = "nm") -> Curve:
    """Give a measurement an emission line whose numbers are in the store."""
    part = with_file(measurement, f"{measurement.pk}.txt")
    assert part.recording is not None
    curve = part.recording.curves.get()
    curve.store_key, curve.x_unit = stored(line_at(place_nm, x=x), ("wavelength", unit, x)), unit
    curve.save()
    return curve


def spectra(lab: Lab, by: User, along: str, nominals: list[str], technique: str) -> Series:
    """Return a ladder with a line on each rung."""
    series = ladder_of(lab, by, "NC-024-F2-FL1", along, nominals, technique)
    for index, measurement in enumerate(measured_on(series)):
        with_line(measurement, 670.0 + index)
    return series


@pytest.mark.parametrize(
    ("kind", "along", "technique"),
    [("s2", "temperature", "PL"), ("s4", "temperature", "absorbance"), ("s9", "pressure", "ruby")],
)
def test_spectra_along_a_ladder_are_drawn_in_its_order_and_colors(
    lab: Lab, member: User, kind: str, along: str, technique: str
) -> None:
    found = figure_of(lab, member, kind, spectra(lab, member, along, ["80", "160", "300"], technique))

    figure = found.draw()

    assert [rung for rung, _ in figure.ladder] == [80.0, 160.0, 300.0]
    assert len(panel(found).layers) == len(found.sources) == 3


def test_lifted_spectra_have_no_numbers_on_their_axis(lab: Lab, member: User) -> None:
    found = figure_of(lab, member, "s2", spectra(lab, member, "temperature", ["80", "160", "300"], "PL"))

    first, second, _ = panel(found).layers

    assert panel(found).hides_y_ticks
    assert float(np.min(second.y)) > float(np.min(first.y)) + 100


def test_before_and_after_pressure_are_black_and_red(lab: Lab, member: User) -> None:
    series = spectra(lab, member, "pressure", ["0", "1"], "PL")
    with journal_of(lab, by=member) as journal:
        back = add_rungs(journal, series, values=[Decimal(0)], branch="release")[0]
    with_line(measure(lab, member, series.sample, "PL", rung=back), 671.0)

    found = figure_of(lab, member, "s5", series)

    assert [(one.label, one.color) for one in panel(found).layers] == [
        ("before", "#000000"), ("after release", "#D55E00"),
    ]  # fmt: skip
    assert found.missing == ()


def test_without_a_release_the_figure_says_what_is_missing(lab: Lab, member: User) -> None:
    found = figure_of(lab, member, "s5", spectra(lab, member, "pressure", ["0", "1"], "PL"))

    assert found.missing == ("The series has no PL after release: a rung whose way is “release”.",)


def test_decays_are_points_and_their_fits_lines(lab: Lab, member: User) -> None:
    series = ladder_of(lab, member, "NC-024-F2-DAC1", "pressure", ["0", "0.13", "0.4"], "TRPL")
    for index, measurement in enumerate(measured_on(series)):
        fit_of(lab, "decay", LIFETIMES, measurement=measurement, plots=[decay_plot(3.0 + index)])

    found = figure_of(lab, member, "s7", series)

    layers = panel(found).layers
    assert [one.mark for one in layers] == [Mark.POINTS, Mark.LINE] * 3
    assert float(np.max(layers[0].y)) == 1.0
    assert panel(found).is_log


def test_a_decay_whose_fit_is_flagged_is_not_drawn(lab: Lab, member: User) -> None:
    series = ladder_of(lab, member, "NC-024-F2-DAC1", "pressure", ["0"], "TRPL")
    fit_of(lab, "decay", LIFETIMES, measurement=measured_on(series)[0], plots=[decay_plot()], is_grave=True)

    found = figure_of(lab, member, "s7", series)

    assert found.missing == ("No decay of the series has a fit that counts.",)
    assert panel(found).layers == ()


def test_laws_of_the_gap_have_the_colors_of_their_sizes(lab: Lab, member: User) -> None:
    series = ladder_of(lab, member, "NC-024-F2-FL1", "temperature", ["80", "300"], "PL")
    sample = series.sample
    sample.fraction = sized(lab, member, "NC-024-F2", 9.04)
    sample.save()
    fit_of(lab, "gap_against_temperature", {"gap_phonon": (-0.05, 0.01)}, series=series, plots=[gap_plot()])

    found = figure_of(lab, member, "s3", None, sample.fraction)

    points, line = panel(found).layers
    assert (points.label, points.color, line.color) == ("9 nm", "#D55E00", "#D55E00")


def test_a_histogram_says_mean_spread_and_number(lab: Lab, member: User) -> None:
    sample = sized(lab, member, "NC-024-F2", 9.04)
    numbers = {"edge_length": (9.0406, 0.0718), "edge_length_std": (1.0155, 0.0509), "particle_count": (200.0, None)}
    fit_of(
        lab, "particle_sizes", numbers, measurement=measure(lab, member, sample, "TEM edges"), plots=[histogram_plot()]
    )

    found = figure_of(lab, member, "1e", None, sample)

    assert panel(found).title == "9.04 ± 0.07 nm, sd 1.02 ± 0.05 nm, n = 200"
    assert [one.mark for one in panel(found).layers] == [Mark.BARS, Mark.LINE, Mark.LINE]
    assert panel(found).layers[2].dash


def test_a_solution_and_its_film_share_a_panel(lab: Lab, member: User) -> None:
    sample = make_sample(lab, member, "NC-024-F2")
    film = make_sample(lab, member, "NC-024-F2-FL1", SampleKind.FILM)
    film.fraction = sample
    film.save()
    with_line(measure(lab, member, sample, "PL"), 670.0)
    with_line(measure(lab, member, film, "PL"), 674.0)

    found = figure_of(lab, member, "s8", None, sample)

    assert [one.label for one in panel(found).layers] == ["solution", "film"]
    assert found.missing == ()


def test_a_sample_without_a_film_is_named(lab: Lab, member: User) -> None:
    sample = make_sample(lab, member, "NC-024-F2")
    with_line(measure(lab, member, sample, "PL"), 670.0)

    assert figure_of(lab, member, "s8", None, sample).missing == ("NC-024-F2 has no PL as a film.",)


def test_the_largest_size_stands_beside_the_calculated_pattern(lab: Lab, member: User) -> None:
    angles_deg = np.linspace(10.0, 60.0, 501)
    samples = [sized(lab, member, code, size) for code, size in (("NC-021-F3", 7.0), ("NC-030-F1", 17.1))]
    for one in samples:
        measurement = measure(lab, member, one, "XRD", conditions={"wavelength_alpha1_angstrom": "1.54056"})
        with_line(measurement, 28.9, angles_deg, "deg")

    found = figure_of(lab, member, "s1", None, *samples)

    sizes, beside = panel(found), panel(found, 1)
    assert [one.label for one in sizes.layers] == ["7 nm", "17 nm"]
    assert beside.layers[1].label == "γ, calculated"
    assert "220" in [text for _, _, text in beside.marks]


def test_without_a_wavelength_no_pattern_is_calculated_and_it_is_asked_for(lab: Lab, member: User) -> None:
    sample = sized(lab, member, "NC-030-F1", 17.1)
    with_line(measure(lab, member, sample, "XRD"), 28.9, np.linspace(10.0, 60.0, 501), "deg")

    found = figure_of(lab, member, "s1", None, sample)

    assert len(found.draw().panels) == 1
    assert found.missing == ("NC-030-F1: state the wavelength of the X-rays, so that the γ phase can be calculated.",)


def test_maps_are_titled_by_their_rungs_and_of_many_some_are_drawn(lab: Lab, member: User) -> None:
    series = ladder_of(lab, member, "NC-024-F2-DAC1", "pressure", [f"{one / 10}" for one in range(8)], "TRPL")
    for index, measurement in enumerate(measured_on(series)):
        curve = with_line(measurement, 670.0)
        values = np.arange(40.0).reshape(8, 5) + index
        axes = (("time", "ns", np.arange(8.0)), ("wavelength", "nm", 640 + 10 * np.arange(5.0)))
        curve.store_key, curve.shape = stored(values, *axes), [8, 5]
        curve.save()

    panels = figure_of(lab, member, "s6", series).draw().panels

    titles = [one.title for one in panels if isinstance(one, MapPanel)]
    assert (titles[0], titles[-1], len(titles)) == ("0 GPa", "0.7 GPa", 6)


def test_values_along_a_ladder_part_what_was_released(lab: Lab, member: User) -> None:
    series = ladder_of(lab, member, "NC-024-F2-DAC1", "pressure", ["0", "1"], "PL")
    with journal_of(lab, by=member) as journal:
        back = add_rungs(journal, series, values=[Decimal(0)], branch="release")[0]
    measure(lab, member, series.sample, "PL", rung=back)
    for measurement in measured_on(series):
        fit_of(lab, "pl_peak", {"peak_energy": (1.85, 0.001), "fwhm": (90.0, None)}, measurement=measurement)

    found = figure_of(lab, member, "peaks", series)

    assert [one.label for one in panel(found).layers] == ["E", "E after release"]
    assert panel(found, 1).y_label == "PL linewidth (meV)"


def test_another_fit_is_a_change_of_the_data(lab: Lab, member: User) -> None:
    series = ladder_of(lab, member, "NC-024-F2-DAC1", "pressure", ["0"], "TRPL")
    first = fit_of(lab, "decay", LIFETIMES, measurement=measured_on(series)[0], plots=[decay_plot()])
    figure = saved(lab, member, "s7", series)
    assert changes_between(figure.sources, prepared(figure, member).told) == []

    Fit.objects.filter(pk=first.pk).update(is_current=False)
    fit_of(lab, "decay", LIFETIMES, measurement=measured_on(series)[0], plots=[decay_plot(5.0)])

    assert [one.name for one in changes_between(figure.sources, prepared(figure, member).told)] == ["0 GPa"]


def test_plots_that_the_store_has_lost_leave_a_gap(lab: Lab, member: User) -> None:
    series = ladder_of(lab, member, "NC-024-F2-DAC1", "pressure", ["0"], "TRPL")
    fit = fit_of(lab, "decay", LIFETIMES, measurement=measured_on(series)[0], plots=[decay_plot()])
    Fit.objects.filter(pk=fit.pk).update(plots_key="0" * 64)

    assert panel(figure_of(lab, member, "s7", series)).layers == ()


@pytest.mark.parametrize("kind", sorted(FIGURES))
def test_every_kind_of_figure_of_nothing_says_so_and_still_draws(lab: Lab, member: User, kind: str) -> None:
    of_series = FIGURES[kind].of == Of.SERIES
    series = ladder_of(lab, member, "NC-024-F2-DAC1", "pressure", ["5"], "PL") if of_series else None

    found = figure_of(lab, member, kind, series)

    assert found.missing
    assert panel_figure_of(replace(found.draw(), letters=True), format="svg").startswith(b"<?xml")


def test_the_number_of_queries_does_not_grow_with_the_samples(
    lab: Lab, member: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    samples = [make_sample(lab, member, f"NC-0{number}-F1") for number in range(30, 38)]
    for one in samples:
        with_line(measure(lab, member, one, "PL"), 670.0)
    figure = saved(lab, member, "s8", None, *samples)

    with django_assert_max_num_queries(14):
        found = prepared(figure, member)

    assert len(found.sources) == 8


def test_a_sample_that_went_into_a_hidden_project_is_named_nowhere(lab: Lab, member: User) -> None:
    sample = make_sample(lab, member, "NC-024-F2")
    figure = saved(lab, member, "s8", None, sample)
    sample.project = Project.objects.create(lab=lab, name="Hidden", slug="hidden", is_restricted=True)
    sample.save()

    found = prepared(figure, member)

    assert "NC-024-F2" not in " ".join([*found.missing, *found.told])
