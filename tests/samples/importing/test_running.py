"""Promises of the import: checked whole, written all or nothing, twice the same changes nothing."""

from decimal import Decimal
from pathlib import Path

import pytest

from labbook.models import Code, Lab, Revision
from samples.importing.running import ImportReport, import_tables
from samples.importing.tables import Source, sources_in
from samples.kinds import ProcessKind, SampleKind
from samples.lineage.walk import ancestor_links
from samples.models import ImportedRow, Process, Sample, Synthesis
from samples.services.furnishing import furnish_lab
from tests.samples.importing import tables
from tests.samples.importing.tables import sources, workbook


@pytest.fixture
def furnished(lab: Lab) -> Lab:
    """A lab with its recipes and places."""
    furnish_lab(lab, None)
    return lab


def run(lab: Lab, **changed: str) -> ImportReport:
    """Import the small set of tables, some of them said otherwise."""
    return import_tables(lab=lab, by=None, sources=sources(**changed))


def errors(report: ImportReport) -> list[tuple[str, int | None, str | None]]:
    """Where the errors are."""
    return [(one.file, one.row, one.column) for one in report.errors]


def test_a_film_traces_back_to_its_bottles(furnished: Lab) -> None:
    report = run(furnished)

    assert report.errors == []
    film = Sample.objects.get(code="NC-901-F1-FL1")
    above = {link.parent_id for link in ancestor_links([film.pk])}
    lots = Sample.objects.filter(pk__in=above, kind=SampleKind.BOTTLE).values_list("bottle__lot", flat=True)
    assert set(lots) == {"L1", "L2", "L3"}


def test_amounts_are_debited_once_however_often_they_are_told(furnished: Lab) -> None:
    run(furnished)

    assert Sample.objects.get(code="BT-901").balance == Decimal("25000") - Decimal("199.6")
    assert Sample.objects.get(code="CS-901").balance == Decimal("9650")
    assert Sample.objects.get(code="NC-901-F1-a").balance == Decimal("1400") - 120 - 50
    assert Sample.objects.get(code="NC-901-F1").balance == 0


def test_a_use_whose_target_is_no_record_becomes_a_consumption_without_output(furnished: Lab) -> None:
    run(furnished)

    process = Process.objects.get(kind=ProcessKind.CONSUMPTION)
    assert process.purpose == "stability cuvette: day 5"
    assert not process.outputs.exists()


def test_the_same_tables_twice_change_nothing(furnished: Lab) -> None:
    first = run(furnished)
    before = (Sample.objects.count(), Process.objects.count(), Revision.objects.count())

    second = run(furnished)

    assert second.errors == []
    assert not second.created
    assert sum(second.unchanged.values()) == sum(first.created.values())
    assert (Sample.objects.count(), Process.objects.count(), Revision.objects.count()) == before


def test_the_same_numbers_written_otherwise_are_unchanged(furnished: Lab) -> None:
    run(furnished)

    report = run(furnished, bottles=tables.BOTTLES.replace(",25,g,", ",25.0,g,"))

    assert report.errors == []
    assert report.unchanged["bottles"] == 3


def test_a_line_that_says_something_else_now_is_an_error_and_changes_nothing(furnished: Lab) -> None:
    run(furnished)

    report = run(furnished, bottles=tables.BOTTLES.replace("L1", "L9"))

    assert errors(report) == [("bottles.csv", 2, None)]
    assert Sample.objects.get(code="BT-901").bottle.lot == "L1"


def test_a_later_table_with_more_lines_adds_only_those(furnished: Lab) -> None:
    run(furnished)

    report = run(furnished, uses=tables.USES + "2026-02-22T15:00:00+01:00,NC-901-F1-b,0.05,ml,day 6,cuvette,GF\n")

    assert dict(report.created) == {"uses": 1}
    assert Sample.objects.get(code="NC-901-F1-b").balance == 1350


def test_two_equal_lines_are_two_uses(furnished: Lab) -> None:
    report = run(furnished, uses=tables.USES + tables.USES.splitlines()[-1] + "\n")

    assert report.errors == []
    assert Sample.objects.get(code="NC-901-F1-a").balance == Decimal("1400") - 120 - 100


def test_a_dry_run_checks_everything_and_writes_nothing(furnished: Lab) -> None:
    revisions = Revision.objects.count()

    report = import_tables(lab=furnished, by=None, sources=sources(), dry_run=True)

    assert report.created["specimens"] == 1
    assert not Sample.objects.exists()
    assert not ImportedRow.objects.exists()
    assert Revision.objects.count() == revisions


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"bottles": tables.BOTTLES.replace("BT-902,lead iodide,PbI2,25,g", "BT-902,lead iodide,PbI2,lots,g")},
         ("bottles.csv", 3, "amount")),
        ({"bottles": tables.BOTTLES.replace("1000,ml", "1000,mn")}, ("bottles.csv", 4, "unit")),
        ({"bottles": tables.BOTTLES.replace("1000,ml", "-1,ml")}, ("bottles.csv", 4, "amount")),
        ({"bottles": tables.BOTTLES.replace("code,chemical,short", "code,chemical,shrt")},
         ("bottles.csv", 1, "short")),
        ({"precursors": tables.PRECURSORS.replace("2026-02-16T08", "2126-02-16T08")}, ("precursors.csv", 2, "made_at")),
        ({"precursor_inputs": tables.INPUTS.replace("BT-901", "BT-999")}, ("precursor_inputs.csv", 2, "bottle")),
        ({"syntheses": tables.SYNTHESES.replace("CS-901,PB-901", "BT-901,PB-901")}, ("syntheses.csv", 2, "cs_batch")),
        ({"specimens": tables.SPECIMENS.replace("2026-02-20T15", "2026-02-10T15"),
          "uses": tables.USES.replace("2026-02-20T15", "2026-02-10T15")}, ("specimens.csv", 2, None)),
        ({"uses": tables.USES.replace("0.05", "5")}, ("uses.csv", 3, "amount")),
        ({"vials": tables.VIALS.replace("NC-901-F1-b,NC", "NC-901-F1-a,NC")}, ("vials.csv", 3, "code")),
        ({"fractions": ""}, ("rounds.csv", 2, "fraction")),
        ({"vials": tables.VIALS.replace("code,fraction", "code,code")}, ("vials.csv", 1, "code")),
    ],
)  # fmt: skip
def test_bad_input_is_named_by_file_line_and_column_and_nothing_is_written(
    furnished: Lab, changed: dict[str, str], where: tuple[str, int, str | None]
) -> None:
    report = run(furnished, **changed)

    assert where in errors(report)
    assert not Sample.objects.exists()
    assert not Synthesis.objects.exists()


def test_three_bad_lines_of_five_thousand_are_the_only_ones_named(furnished: Lab) -> None:
    lines = [f"BT-{number},thing {number},T{number},10,ml,2026-01-27,L{number}" for number in range(1000, 6000)]
    for number, bad in ((17, "x"), (2500, "-3"), (4999, "")):
        lines[number] = lines[number].replace(",10,ml", f",{bad},ml")
    text = "\n".join(["code,chemical,short,amount,unit,opened,lot", *lines])

    report = import_tables(lab=furnished, by=None, sources=[Source("bottles.csv", text.encode())])

    assert errors(report) == [("bottles.csv", number + 2, "amount") for number in (17, 2500, 4999)]
    assert not Sample.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04 not a workbook", "code;größe\n1;2".encode("latin-1"), b'a,"b\nc'],
)
@pytest.mark.parametrize("file", ["bottles.csv", "bottles.xlsx"])
def test_a_file_that_is_no_table_is_refused_with_a_sentence(furnished: Lab, file: str, content: bytes) -> None:
    report = import_tables(lab=furnished, by=None, sources=[Source(file, content)])

    assert [one.file for one in report.errors][:1] == [file]


def test_excel_files_say_the_same_as_text(furnished: Lab) -> None:
    books = [Source(f"{name}.xlsx", workbook(text)) for name, text in tables.ALL.items()]

    report = import_tables(lab=furnished, by=None, sources=books)

    assert report.errors == []
    assert Sample.objects.get(code="NC-901-F1-a").balance == Decimal("1400") - 120 - 50


def test_semicolons_and_decimal_commas_are_read(furnished: Lab) -> None:
    text = tables.BOTTLES.replace(",", ";").replace("25;g", "25,5;g")

    report = import_tables(lab=furnished, by=None, sources=[Source("bottles.csv", text.encode())])

    assert report.errors == []
    assert Sample.objects.get(code="BT-901").balance == 25500


def test_tables_of_rooms_not_built_yet_are_named_line_by_line(furnished: Lab) -> None:
    stays = Source("stays.csv", b"sample,place\na,b\nc,d\n")

    report = import_tables(lab=furnished, by=None, sources=[stays])

    assert [(one.file, one.row) for one in report.not_yet] == [("stays.csv", 2), ("stays.csv", 3)]


def test_a_code_that_somebody_already_uses_is_an_error(furnished: Lab) -> None:
    run(furnished)
    ImportedRow.objects.all().delete()

    report = run(furnished)

    assert ("bottles.csv", 2, "code") in errors(report)


def test_a_vial_volume_that_was_not_recorded_stays_unknown(furnished: Lab) -> None:
    report = run(furnished, vials=tables.VIALS.replace("freezer,1.4", "freezer,"))

    assert report.errors == []
    assert Sample.objects.get(code="NC-901-F1-b").balance is None


def test_the_whole_campaign_imports_and_every_film_leads_to_both_lots(furnished: Lab, shared_data: Path) -> None:
    folder = shared_data / "campaign" / "records"

    report = import_tables(lab=furnished, by=None, sources=sources_in(folder))

    assert report.errors == []
    assert {one.file for one in report.not_yet} == {
        "inspections.csv", "instrument_settings.csv", "place_events.csv", "places.csv", "stays.csv",
    }  # fmt: skip
    films = Sample.objects.filter(kind__in=(SampleKind.FILM, SampleKind.XRD_FILM))
    assert films.exists()
    for film in films:
        above = {link.parent_id for link in ancestor_links([film.pk])}
        shorts = set(Sample.objects.filter(pk__in=above).values_list("bottle__short", flat=True))
        assert {"PbI2", "Cs2CO3"} <= shorts
    assert not Sample.objects.filter(balance__lt=0).exists()
    assert Code.objects.filter(record_type="synthesis").count() == 10
