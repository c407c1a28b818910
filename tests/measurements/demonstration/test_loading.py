"""The demonstration lab shows its measurements: read from real formats, on their samples and rungs, three waiting."""

from decimal import Decimal

import pytest
from django.core.management import call_command

from labbook.models import Lab, User
from measurements.demonstration.days import CUVETTE, VIAL, measured_days, waiting_day
from measurements.demonstration.load import LOAD
from measurements.demonstration.loading import load_measurements
from measurements.models import Batch, InboxRow, Measurement, RawFile, ReferenceUse, RowState, Series
from measurements.readers.reading import read_source
from measurements.readers.source import Source
from measurements.techniques import Along, Technique

MOST_FILES, MOST_BYTES = 80, 700_000
FORMATS = {
    "fluoressence", "hamamatsu_img", "ocean_optics_txt", "powder_xy", "renishaw_txt", "shimadzu_txt", "tem_edges",
}  # fmt: skip


@pytest.fixture
def demonstration(db: None) -> Lab:
    """The demonstration lab as `make run` finds it."""
    call_command("demonstrate", verbosity=0)
    return Lab.objects.get(slug="demonstration")


def test_the_files_are_few_and_small_and_the_same_every_time() -> None:
    first, again = ([day.files for day in (*measured_days(), waiting_day())] for _ in range(2))

    assert first == again
    assert sum(len(files) for files in first) <= MOST_FILES
    assert sum(len(content) for files in first for content in files.values()) <= MOST_BYTES


def test_every_file_of_a_day_is_read_by_the_reader_of_its_instrument_without_doubt() -> None:
    readings = {
        name: read_source(Source.of_bytes(content, name))
        for day in measured_days()
        for name, content in day.files.items()
    }  # fmt: skip

    assert {one.reader for one in readings.values()} == FORMATS
    assert [name for name, one in readings.items() if one.refused or len(one.recordings) != 1] == []


def test_what_is_certain_lies_on_its_sample_and_three_files_wait(demonstration: Lab) -> None:
    waiting = InboxRow.objects.filter(batch__lab=demonstration, state=RowState.WAITING).order_by("pk")

    assert list(waiting.values_list("file_name__name", "confidence_percent")) == [
        ("NC-002-F2 or NC-003-F2 PL.txt", 30),
        ("New Text Document.txt", 10),
        (f"{LOAD}_TRPL_0.4GPa_50ns.img", 40),
    ]
    assert waiting[0].candidates
    assert list(RawFile.objects.exclude(state="read").order_by("pk").values_list("state", flat=True)) == [
        "unknown", "refused",
    ]  # fmt: skip
    assert Measurement.objects.count() == sum(len(day.files) for day in measured_days())
    assert not Measurement.objects.filter(measured_at=None).exists()


def test_the_load_has_its_ladder_with_ruby_before_and_after_and_a_release(demonstration: Lab) -> None:
    series = Series.objects.get(sample__code=LOAD, along=Along.PRESSURE)
    on_rungs = Measurement.objects.filter(rung__series=series)

    rungs = list(series.rungs.order_by("position").values_list("nominal", "branch"))

    assert rungs == [
        *((Decimal(one), "compression") for one in ("0", "0.13", "0.27", "0.4", "0.7", "1", "1.27", "1.65")),
        (Decimal(0), "release"),
    ]  # fmt: skip
    assert on_rungs.filter(technique=Technique.RUBY, part="before").count() == 8
    assert on_rungs.filter(technique=Technique.RUBY, part="after").count() == 9
    assert on_rungs.filter(technique=Technique.PL).count() == 9
    assert on_rungs.filter(technique=Technique.TRPL).count() == 9


def test_the_vial_is_as_old_as_its_files_say(demonstration: Lab) -> None:
    ages = Measurement.objects.filter(sample__code=VIAL).order_by("age_days").values_list("age_days", flat=True)

    assert list(ages) == [0, 7, 30]


def test_every_decay_names_the_instrument_response_of_its_window(demonstration: Lab) -> None:
    uses = ReferenceUse.objects.filter(part=ReferenceUse.Part.IRF)

    windows = {
        (file_of(use.measurement).rsplit("_", 1)[1], file_of(use.reference).rsplit("_", 1)[1])
        for use in uses.select_related("measurement", "reference")
    }
    assert uses.filter(measurement__sample__code=LOAD, reference__reference_kind="IRF").count() == 9
    assert windows == {("50ns.img", "50ns.img"), ("100ns.img", "100ns.img")}


def test_a_cuvette_has_its_three_measurements_in_the_sphere(demonstration: Lab) -> None:
    of_cuvette = Measurement.objects.filter(sample__code=CUVETTE, technique=Technique.PLQY)

    assert set(of_cuvette.values_list("part", flat=True)) == {"empty", "indirect", "direct"}


def file_of(measurement: Measurement) -> str:
    """Return the name of the file that a measurement was read from."""
    return str(measurement.parts.values_list("file_name__name", flat=True).get())


def test_loading_again_changes_nothing(demonstration: Lab) -> None:
    before = (Batch.objects.count(), Measurement.objects.count(), RawFile.objects.count())

    load_measurements(demonstration, User.objects.get())

    assert (Batch.objects.count(), Measurement.objects.count(), RawFile.objects.count()) == before
