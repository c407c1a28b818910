"""Pages of saved tables and figures: made, shown, changed, confirmed, exported."""

import io

import openpyxl
import pytest
from django.test import Client
from docx import Document
from pytest_django import DjangoAssertNumQueries

from analysis.models import Fit, SavedFigure, SavedTable
from labbook.models import Lab, User
from labbook.services.editing import version_token
from measurements.models import Series
from tests.analysis.publishing.fitted import LIFETIMES, decay_plot, fit_of, ladder_of, measured_on, sized
from tests.measurements.measuring import make_sample, measure, with_file


@pytest.fixture
def series(lab: Lab, member: User) -> Series:
    """A load with decays at two pressures, fitted."""
    series = ladder_of(lab, member, "NC-024-F2-DAC1", "pressure", ["0", "0.13"], "TRPL")
    for measurement in measured_on(series):
        fit_of(lab, "decay", LIFETIMES, measurement=measurement, plots=[decay_plot()])
    return series


@pytest.fixture
def signed_in(client: Client, member: User) -> Client:
    """Whoever records."""
    client.force_login(member)
    return client


def made_table(client: Client, series: Series) -> SavedTable:
    """Make Table S2 of a series by its button."""
    client.post(f"/series/{series.pk}/tables/s2")
    return SavedTable.objects.get()


def made_figure(client: Client, series: Series) -> SavedFigure:
    """Make Figure S7 of a series by its button."""
    client.post(f"/series/{series.pk}/figures/s7")
    return SavedFigure.objects.get()


def test_one_click_makes_table_s2_and_the_next_one_opens_it(signed_in: Client, series: Series) -> None:
    answers = [signed_in.post(f"/series/{series.pk}/tables/s2") for _ in range(2)]

    table = SavedTable.objects.get()
    assert [one.headers["Location"] for one in answers] == [f"/tables/{table.slug}"] * 2
    assert table.title.startswith("Table S2. ")


def test_one_click_makes_a_figure_and_the_next_one_opens_it(signed_in: Client, series: Series) -> None:
    answers = [signed_in.post(f"/series/{series.pk}/figures/s7") for _ in range(2)]

    figure = SavedFigure.objects.get()
    assert [one.headers["Location"] for one in answers] == [f"/figures/{figure.slug}"] * 2
    assert figure.caption


@pytest.mark.parametrize("place", ["tables/s99", "figures/s99"])
def test_what_is_no_table_and_no_figure_is_not_found(signed_in: Client, series: Series, place: str) -> None:
    assert signed_in.post(f"/series/{series.pk}/{place}").status_code == 404


def test_a_series_offers_what_its_ladder_gives(signed_in: Client, series: Series) -> None:
    made_table(signed_in, series)

    text = signed_in.get(f"/series/{series.pk}/analysis").content.decode()

    assert f"/series/{series.pk}/figures/s7" in text
    assert f"/tables/{SavedTable.objects.get().slug}" in text
    assert f"/series/{series.pk}/figures/s2" not in text


def test_every_number_leads_to_its_fit(
    signed_in: Client, series: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    table = made_table(signed_in, series)
    signed_in.get(f"/tables/{table.slug}")

    with django_assert_max_num_queries(15):
        text = signed_in.get(f"/tables/{table.slug}").content.decode()

    first, second = Fit.objects.order_by("pk")
    assert text.count(f'href="/fits/{first.pk}"') == text.count(f'href="/fits/{second.pk}"') == 4
    assert "as saved" in text


def test_a_table_of_changed_data_says_so_until_it_is_confirmed(signed_in: Client, series: Series) -> None:
    table = made_table(signed_in, series)
    measurement = measured_on(series)[0]
    measurement.fits.update(is_current=False)
    fit_of(series.lab, "decay", {**LIFETIMES, "tau1": (2.5, 0.1)}, measurement=measurement)

    before = signed_in.get(f"/tables/{table.slug}").content.decode()
    signed_in.post(f"/tables/{table.slug}/confirm", {"version": version_token(table)})
    after = signed_in.get(f"/tables/{table.slug}").content.decode()

    assert "Data changed since it was saved" in before
    assert "Data changed since it was saved" not in after


def test_columns_are_chosen_and_the_choice_is_no_change_of_data(signed_in: Client, series: Series) -> None:
    table = made_table(signed_in, series)
    sent = {"title": "Short", "quantities": ["tau1", "tau_amplitude"], "version": version_token(table)}

    answer = signed_in.post(f"/tables/{table.slug}", sent, follow=True)

    table.refresh_from_db()
    assert (table.title, table.recipe) == ("Short", {"quantities": ["tau1", "tau_amplitude"], "is_aligned": False})
    assert "Data changed" not in answer.content.decode()
    assert [head.plain for head in answer.context["shown"].heads] == ["Pressure (GPa)", "τ₁ (ns)", "⟨τ⟩a (ns)"]


def test_choosing_columns_does_not_confirm_data_that_changed(signed_in: Client, series: Series) -> None:
    table = made_table(signed_in, series)
    measurement = measured_on(series)[0]
    measurement.fits.update(is_current=False)
    fit_of(series.lab, "decay", {**LIFETIMES, "tau1": (2.5, 0.1)}, measurement=measurement)
    sent = {"title": "Short", "quantities": ["tau1", "tau2"], "version": version_token(table)}

    answer = signed_in.post(f"/tables/{table.slug}", sent, follow=True)

    assert "Data changed since it was saved" in answer.content.decode()


def test_a_table_needs_a_column(signed_in: Client, series: Series) -> None:
    table = made_table(signed_in, series)

    answer = signed_in.post(f"/tables/{table.slug}", {"title": "x", "version": version_token(table)})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("format", "begins"), [("csv", b"# Table S2"), ("tex", b"% Needs"), ("docx", b"PK"), ("xlsx", b"PK")]
)
def test_a_table_leaves_as_a_file(signed_in: Client, series: Series, format: str, begins: bytes) -> None:
    table = made_table(signed_in, series)

    answer = signed_in.get(f"/tables/{table.slug}.{format}")

    assert answer.content.startswith(begins)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{table.slug}.{format}"'


def test_word_and_excel_hold_the_same_numbers(signed_in: Client, series: Series) -> None:
    table = made_table(signed_in, series)

    word = Document(io.BytesIO(signed_in.get(f"/tables/{table.slug}.docx").content)).tables[0]
    page = openpyxl.load_workbook(io.BytesIO(signed_in.get(f"/tables/{table.slug}.xlsx").content)).worksheets[0]

    assert word.rows[1].cells[2].text == "2.28 ± 0.08"
    assert 2.28 in [cell.value for cell in page[4]]


def test_a_table_of_samples_is_made_by_codes(signed_in: Client, lab: Lab, member: User) -> None:
    make_sample(lab, member, "NC-024-F2")

    answer = signed_in.post("/tables/", {"kind": "overview", "samples": "NC-024-F2", "title": ""})

    table = SavedTable.objects.get()
    assert answer.headers["Location"] == f"/tables/{table.slug}"
    assert [one.code for one in table.samples.all()] == ["NC-024-F2"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "s2"}, "Choose the series it is made of."),
        ({"kind": "overview"}, "Name the samples it is made of."),
        ({"kind": "overview", "samples": "NC-999-F9"}, "There is no sample NC-999-F9 in this lab."),
        ({"kind": "nonsense"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_asked_for(signed_in: Client, sent: dict[str, str], said: str) -> None:
    answer = signed_in.post("/tables/", sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_figure_shows_its_preview_its_sources_and_its_files(
    signed_in: Client, series: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    figure = made_figure(signed_in, series)
    signed_in.get(f"/figures/{figure.slug}")

    with django_assert_max_num_queries(12):
        text = signed_in.get(f"/figures/{figure.slug}").content.decode()

    assert f'src="/figures/{figure.slug}.svg?v=' in text
    assert ">0.13 GPa</a>" in text
    assert f'href="/figures/{figure.slug}.pdf"' in text


@pytest.mark.parametrize(("format", "begins"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_a_figure_leaves_as_a_file(signed_in: Client, series: Series, format: str, begins: bytes) -> None:
    figure = made_figure(signed_in, series)

    answer = signed_in.get(f"/figures/{figure.slug}.{format}?dpi=300")
    again = signed_in.get(f"/figures/{figure.slug}.{format}?dpi=300")

    assert answer.getvalue().startswith(begins)
    assert again.getvalue() == answer.getvalue()


def test_options_of_a_figure_are_kept_and_a_wrong_number_is_said(signed_in: Client, series: Series) -> None:
    figure = made_figure(signed_in, series)
    sent = {"title": "Decays", "caption": "c", "preset": "nature2", "x_to": "40", "version": version_token(figure)}

    wrong = signed_in.post(f"/figures/{figure.slug}", {**sent, "x_from": "wide"})
    right = signed_in.post(f"/figures/{figure.slug}", {**sent, "x_from": "-1,5"})

    figure.refresh_from_db()
    assert wrong.status_code == 422
    assert right.status_code == 302
    told = {"offset_fraction": None, "x_from": -1.5, "x_to": 40.0, "is_log": False}
    assert figure.recipe == {"preset": "nature2", "options": told}


def test_the_room_of_figures_shows_them(
    signed_in: Client, series: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    figure = made_figure(signed_in, series)
    signed_in.get("/figures/")

    with django_assert_max_num_queries(12):
        text = signed_in.get("/figures/").content.decode()

    assert f'src="/figures/{figure.slug}.svg"' in text


def test_a_guest_reads_and_makes_nothing(client: Client, guest: User, lab: Lab, member: User, series: Series) -> None:
    client.force_login(member)
    table = made_table(client, series)
    client.force_login(guest)

    assert "What it shows" not in client.get(f"/tables/{table.slug}").content.decode()
    assert client.post(f"/tables/{table.slug}", {"title": "x"}).status_code == 403
    assert client.post(f"/series/{series.pk}/figures/s7").status_code == 403


def test_a_made_figure_of_samples_takes_one_fraction_per_size(
    signed_in: Client, lab: Lab, member: User, series: Series
) -> None:
    for code, size in (("NC-030-F1", 17.1), ("NC-021-F3", 7.0), ("NC-021-F4", 7.1)):
        sized(lab, member, code, size)

    signed_in.post(f"/series/{series.pk}/figures/1e")

    assert {one.code for one in SavedFigure.objects.get().samples.all()} == {"NC-021-F4", "NC-030-F1"}


def test_a_plot_of_several_curves_is_kept_as_a_figure_and_opens_again(
    signed_in: Client, lab: Lab, member: User
) -> None:
    measurements = [measure(lab, member, make_sample(lab, member, f"NC-02{one}-F1"), "PL") for one in (4, 5)]
    for one in measurements:
        with_file(one, f"{one.sample}.txt")
    query = "&".join(f"m={one.pk}" for one in measurements) + "&norm=max"

    assert "Keep as figure" in signed_in.get(f"/overlay?{query}").content.decode()
    answer = signed_in.post("/overlay/keep", {"query": f"{query}&preset=slide", "title": "Two sizes"})

    figure = SavedFigure.objects.get()
    page = signed_in.get(answer.headers["Location"])
    assert figure.recipe == {"query": query, "preset": "slide"}
    assert len(page.context["prepared"].sources) == 2
    assert f"/overlay?{query.replace('&', '&amp;')}" in page.content.decode()


def test_changing_the_preset_of_a_kept_plot_keeps_its_curves(signed_in: Client, lab: Lab, member: User) -> None:
    measurement = measure(lab, member, make_sample(lab, member, "NC-024-F1"), "PL")
    with_file(measurement, "one.txt")
    signed_in.post("/overlay/keep", {"query": f"m={measurement.pk}"})
    figure = SavedFigure.objects.get()

    signed_in.post(f"/figures/{figure.slug}", {"title": "x", "preset": "thesis", "version": version_token(figure)})

    figure.refresh_from_db()
    assert figure.recipe == {"query": f"m={measurement.pk}", "preset": "thesis", "options": {}}


def test_an_empty_plot_is_not_kept(signed_in: Client) -> None:
    answer = signed_in.post("/overlay/keep", {"query": "m=99999999"})

    assert answer.status_code == 422
    assert not SavedFigure.objects.exists()
