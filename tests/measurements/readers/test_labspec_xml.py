"""LabSpec XML: promised sizes are compared, the exact laser is taken, and maps keep their places."""

from pathlib import Path

import pytest

from measurements.readers.recording import Role, Technique
from tests.measurements.readers.emission_files import cautions, expected, read_one, recognises, refusal

KEY = "labspec_xml"


def axis(number: int, kind: str, unit: str, *values: float, size: int | None = None) -> str:
    """Return one axis of the tree."""
    stated = len(values) if size is None else size
    text = " ".join(f"{value:g}" for value in values)
    array = f'<LSX Format="6" ID="0x7D6CD4DB" Size="{stated}">{text}</LSX>' if values else ""
    named = f'<LSX ID="0x6D707974">{kind}</LSX><LSX ID="0x7C696E75">{unit}</LSX>'
    return f'<LSX Format="9" ID="0x{number}">{array}{named}</LSX>'


def key(name: str, value: str, exact: str = "") -> str:
    """Return one setting of the tree."""
    beside = f'<LSX ID="0x8736F70">{exact}</LSX>' if exact else ""
    return f'<LSX><LSX ID="0x6D6D616E">{name}</LSX><LSX ID="0x7D6C61DB">{value}</LSX>{beside}</LSX>'


SETTINGS = (
    key("Acq. time (s)", "1"),
    key("Accumulations", "2"),
    key("Laser (nm)", "633 ", "632.817"),
    key("Instrument", "LabRAM"),
    key("Acquired", "27.06.2022 16:36:48"),
)
X = axis(1, "Spectr", "nm", 537.4, 536.9, 536.5)
ROW = '<LSX_Row Size="3">1509 1251 1087</LSX_Row>'


def labspec(*rows: str, axes: tuple[str, ...] = (X,), settings: tuple[str, ...] = SETTINGS) -> str:
    """Return a LabSpec document."""
    all_axes = "".join((axis(0, "Intens", "Cnt/sec"), *axes))
    tree = f'<LSX ID="0x7B697861">{all_axes}</LSX>{"".join(settings)}'
    title = '<LSX ID="0x6C7469D9">film</LSX>'
    return f"<LSX_Data><LSX_Tree>{title}{tree}</LSX_Tree><LSX_Matrix>{''.join(rows)}</LSX_Matrix></LSX_Data>"


def test_a_spectrum_is_turned_and_knows_the_exact_laser() -> None:
    recording = read_one(KEY, labspec(ROW))

    channel = recording.channels[0]
    assert channel.x.values.tolist() == [536.5, 536.9, 537.4]
    assert channel.values.tolist() == [1087, 1251, 1509]
    assert (channel.x.unit, channel.unit) == ("nm", "counts/s")
    assert recording.technique is Technique.PL
    assert (recording.label, recording.instrument) == ("film", "Horiba LabRAM")
    assert recording.settings["laser_nm"] == 632.817
    assert recording.settings["accumulations"] == 2
    assert recording.header["Laser (nm)"] == ("633",)
    assert recording.measured is not None
    assert recording.measured.as_written == "27.06.2022 16:36:48"
    assert "was turned" in cautions(recording)


def test_a_line_scan_is_one_channel_over_its_places() -> None:
    axes = (X, axis(2, "Y", "µm", 0, 0.5), axis(3, "X", "µm", 0))

    channel = read_one(KEY, labspec(ROW, '<LSX_Row Size="3">1 2 3</LSX_Row>', axes=axes)).channels[0]

    assert (channel.axes[0].name, channel.axes[0].unit) == ("Y", "µm")
    assert channel.values.tolist() == [[1087, 1251, 1509], [3, 2, 1]]


def test_a_map_keeps_the_place_of_every_spectrum() -> None:
    axes = (X, axis(2, "Y", "µm", 0, 1), axis(3, "X", "µm", 5, 6))

    spectra, *places = read_one(KEY, labspec(*[ROW] * 4, axes=axes)).channels

    assert spectra.values.shape == (4, 3)
    assert [(place.name, place.role, place.values.tolist()) for place in places] == [
        ("Y", Role.MONITOR, [0, 1, 0, 1]),
        ("X", Role.MONITOR, [5, 5, 6, 6]),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (labspec('<LSX_Row Size="3">1 2</LSX_Row>'), "2 of 3 values in row 1"),
        (labspec('<LSX_Row Size="2">1 2</LSX_Row>'), "Row 1 has 2 of 3 values"),
        (labspec('<LSX_Row Size="3">1 dark 2</LSX_Row>'), "“dark” in row 1 is not a number"),
        (labspec('<LSX_Row Size="3">1 1e999 2</LSX_Row>'), "beyond all measure"),
        (labspec('<LSX_Row Size="3">1 1_0 2</LSX_Row>'), "beyond all measure"),
        (labspec(ROW, ROW), "2 of 1 spectra"),
        (labspec(), "0 of 1 spectra"),
        (labspec(ROW, axes=(axis(1, "Spectr", "nm", 537.4, size=2147483647),)), "1 of 2147483647 values"),
        (labspec(ROW, axes=()), "axes are missing"),
        ("<LSX_Data><LSX_Tree/></LSX_Data>", "tree or the matrix"),
        ("<LSX_Data>" + "<a/>" * 1_000_001 + "</LSX_Data>", "more than 1,000,000 tags"),
    ],
)
def test_what_does_not_keep_its_promise_is_refused(text: str, reason: str) -> None:
    assert reason in refusal(KEY, text).reason


def test_a_document_that_is_cut_off_names_its_line() -> None:
    assert refusal(KEY, labspec(ROW)[:-30]).line == 1


def test_a_date_that_is_not_understood_is_kept_and_said() -> None:
    recording = read_one(KEY, labspec(ROW, settings=(key("Acquired", "sometime"),)))

    assert recording.measured is not None
    assert recording.measured.moment is None
    assert "“sometime” is not understood" in cautions(recording)


def test_other_documents_are_not_claimed() -> None:
    assert not recognises(KEY, "<?xml version='1.0'?><xrdMeasurements/>")


@pytest.mark.parametrize("name", ["spec", "spec_3s_eV", "linescan"])
def test_real_files_read_as_the_manifest_says(shared_data: Path, name: str) -> None:
    path = f"horiba_xml/jobinyvon_test_{name}.xml"
    wanted = expected(shared_data, path)

    recording = read_one(KEY, (shared_data / "instruments" / path).read_bytes())

    channel = recording.channels[0]
    assert list(channel.values.shape) == wanted["rsciio_shape"]
    assert [channel.x.unit, channel.x.values[0], channel.x.values[-1]] == wanted["rsciio_axis"][1:]
    assert channel.values.max() == wanted["all_max"]
    assert recording.measured is not None
    assert recording.measured.as_written == wanted["rsciio_date"]
    assert recording.settings["exposure_s"] == float(wanted["meta"]["Acq. time (s)"])
    assert recording.settings["laser_nm"] == 632.817
