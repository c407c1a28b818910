"""Saving tables and figures."""

import pytest

from analysis.models import SavedFigure, SavedTable
from analysis.queries.tables import fill
from analysis.services.publishing import confirm_data, save_figure, save_table
from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, Project, Revision, User
from labbook.services.editing import edit_record, version_token
from measurements.models import Series
from samples.models import Sample
from tests.analysis.publishing.fitted import LIFETIMES, fit_of, ladder_of, measured_on
from tests.measurements.measuring import make_sample


@pytest.fixture
def series(lab: Lab, member: User) -> Series:
    """A load with one decay, fitted."""
    series = ladder_of(lab, member, "NC-024-F2-DAC1", "pressure", ["0"], "TRPL")
    fit_of(lab, "decay", LIFETIMES, measurement=measured_on(series)[0])
    return series


def table_of(
    lab: Lab, by: User, series: Series | None = None, *samples: Sample, title: str = "Lifetimes"
) -> SavedTable:
    """Save a table."""
    with journal_of(lab, by=by) as journal:
        return save_table(journal, kind="s2", title=title, series=series, samples=samples)


def in_project(sample: Sample, name: str, *, is_restricted: bool = True) -> Sample:
    """Put a sample into a project of its own."""
    slug = name.lower()
    sample.project = Project.objects.create(lab=sample.lab, name=name, slug=slug, is_restricted=is_restricted)
    sample.save()
    return sample


def test_a_table_is_saved_with_what_it_rests_on_and_told_in_the_history(lab: Lab, member: User, series: Series) -> None:
    table = table_of(lab, member, series)

    revision = Revision.objects.get(record_type="savedtable", record_id=table.pk)
    assert table.sources == fill(table, member).sources
    assert len(table.data_hash) == 64
    assert (revision.action, revision.changes["kind"][1]) == ("created", "s2")


def test_addresses_are_made_of_titles_and_never_twice(lab: Lab, member: User, series: Series) -> None:
    slugs = [
        table_of(lab, member, series, title=title).slug for title in ("Table S2. τ", "Table S2. τ", "…", "a b " * 40)
    ]

    assert slugs[:3] == ["table-s2", "table-s2-2", "s2"]
    assert len(slugs[3]) <= 44


def test_a_figure_keeps_its_caption_and_samples(lab: Lab, member: User) -> None:
    sample = make_sample(lab, member, "NC-024-F2")

    with journal_of(lab, by=member) as journal:
        made = save_figure(journal, kind="s8", title="Films", caption=" PL of films. ", samples=[sample])

    assert (made.caption, list(made.samples.all())) == ("PL of films.", [sample])


def test_a_table_lies_in_the_restricted_project_of_its_samples(lab: Lab, member: User) -> None:
    hidden = in_project(make_sample(lab, member, "NC-024-F2"), "Hidden")
    open_one = in_project(make_sample(lab, member, "NC-025-F1"), "Open", is_restricted=False)

    assert table_of(lab, member, None, hidden, open_one).project == hidden.project


def test_samples_of_two_restricted_projects_are_refused(lab: Lab, member: User) -> None:
    samples = [in_project(make_sample(lab, member, f"NC-02{one}-F1"), f"Hidden {one}") for one in (4, 5)]

    with pytest.raises(Refusal, match="different restricted projects"):
        table_of(lab, member, None, *samples)

    assert not SavedTable.objects.exists()


def test_confirming_writes_what_changed_and_nothing_twice(lab: Lab, member: User, series: Series) -> None:
    table = table_of(lab, member, series)
    measurement = measured_on(series)[0]
    measurement.fits.update(is_current=False)
    fit_of(lab, "decay", {**LIFETIMES, "tau1": (2.5, 0.1)}, measurement=measurement)

    for _ in range(2):
        with journal_of(lab, by=member) as journal:
            held = confirm_data(journal, table, sources=fill(table, member).sources)

    told = Revision.objects.filter(record_type="savedtable", action="data confirmed")
    assert held.sources == fill(table, member).sources
    assert told.count() == 1
    assert told[0].changes["τ₁, 0 GPa"][1].startswith("2.50 ± 0.10 ns")


def test_confirming_a_table_that_changed_meanwhile_is_refused(lab: Lab, member: User, series: Series) -> None:
    table = table_of(lab, member, series)
    token = version_token(table)
    edit_record(record=table, changes={"title": "Other"}, token=token, by=member)

    with pytest.raises(Refusal, match="changed meanwhile"), journal_of(lab, by=member) as journal:
        confirm_data(journal, table, sources={}, token=token)


def test_title_caption_and_recipe_are_edited_and_nothing_else(lab: Lab, member: User, series: Series) -> None:
    with journal_of(lab, by=member) as journal:
        figure = save_figure(journal, kind="s7", title="Decays", series=series)

    edit_record(record=figure, changes={"recipe": {"preset": "nature"}}, token=version_token(figure), by=member)

    figure = SavedFigure.objects.get(pk=figure.pk)
    assert figure.recipe == {"preset": "nature"}
    with pytest.raises(Refusal):
        edit_record(record=figure, changes={"kind": "s8"}, token=version_token(figure), by=member)
