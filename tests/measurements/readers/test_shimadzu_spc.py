"""What is promised of UVProbe containers: every data set, its method and its moment, and no other OLE file."""

import struct
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from measurements.readers.recording import Technique
from measurements.readers.refusal import Unread
from measurements.readers.shimadzu_spc import read, recognises
from measurements.readers.source import Source
from tests.measurements.readers.absorption_files import assert_reading
from tests.measurements.readers.expected_readings import expected, read_real
from tests.measurements.readers.ole_making import ole_container

POINTS = 512
X = np.linspace(800.0, 289.0, POINTS)
Y = np.linspace(0.1, 2.0, POINTS)
# 43333.5 is noon of 21 August 2018 in the days that OLE counts.
DAYS = 43333.5


def counted(*texts: str) -> bytes:
    return b"".join(bytes([len(text)]) + text.encode("cp1252") for text in texts)


def page(*texts: str) -> bytes:
    return struct.pack("<II", 1, 0) + counted("[Title]") + struct.pack("<I", len(texts) // 2) + counted(*texts)


def data_set(
    name: str = "DataSet1", *, mode: str = "Absorbance", days: float = DAYS, points: int = POINTS
) -> dict[str, bytes]:
    root = f"DataStorage1/DataSetGroup/{name}"
    people = counted("GF") + bytes(5) + counted("Lab") + bytes(8)
    program = counted("UVProbe", "2.42", "UV-Vis", "UV-2600 Series") + bytes((1, 0, 0, 0)) + counted("UV-2600", "A116")
    return {
        f"{root}/DataSpectrumStorage/Data/Data Header.1": struct.pack("<II", points, 2),
        f"{root}/DataSpectrumStorage/Data/X Data.1": X.astype("<f8").tobytes(),
        f"{root}/DataSpectrumStorage/Data/Y Data.1": Y.astype("<f8").tobytes(),
        f"{root}/DataSetHeaderInfo": counted("RawData") + bytes(4) + struct.pack("<d", days) + people + program,
        f"{root}/DataHistoryStorage/DataSetHistory": bytes(8)
        + counted(f"Created new data set:  film {name} - RawData."),
        f"{root}/MethodStorage/PageTexts0": page("Sampling Interval:", "1.0", "Scan Speed:", "Fast"),
        f"{root}/MethodStorage/PageTexts2": page(
            "Measuring Mode:", mode, "Slit Width:", "2.0", "Accumulation time:", "1.5 sec."
        ),
    }


def container(*sets: dict[str, bytes]) -> Source:
    return Source.of_bytes(ole_container({path: content for one in sets for path, content in one.items()}))


def said(cautions: Iterable[object]) -> list[str]:
    return [str(one) for one in cautions]


def test_a_spectrum_comes_with_its_method_people_and_moment() -> None:
    source = container(data_set())

    (recording,) = read(source)

    channel = recording.channels[0]
    assert recognises(source)
    assert recording.technique is Technique.ABSORBANCE
    assert recording.label == "film DataSet1"
    assert recording.instrument == "Shimadzu UV-2600"
    assert recording.measured is not None
    assert recording.measured.moment == datetime.fromisoformat("2018-08-21T12:00")
    assert {
        "slit_nm": 2.0,
        "integration_time_s": 1.5,
        "step_nm": 1.0,
        "scan_speed": "Fast",
        "operator": "GF",
    }.items() <= dict(recording.settings).items()
    assert recording.settings["serial_number"] == "A116"
    assert (channel.unit, channel.x.unit) == ("A", "nm")
    assert channel.x.values[0] == 289.0
    assert channel.values[0] == 2.0
    assert "wavelength runs downwards in the file and was turned" in said(recording.cautions)


def test_every_data_set_is_a_recording_in_the_order_of_their_numbers() -> None:
    recordings = read(container(data_set("DataSet10"), data_set("DataSet2"), data_set("DataSet1")))

    assert [one.settings["dataset"] for one in recordings] == ["DataSet1", "DataSet2", "DataSet10"]
    assert recordings[0].label == "film DataSet1 - RawData"


@pytest.mark.parametrize(("mode", "unit"), [("Transmittance", "%T"), ("Reflectance", "%R"), ("Energy", "")])
def test_the_measuring_mode_gives_the_unit(mode: str, unit: str) -> None:
    (recording,) = read(container(data_set(mode=mode)))

    assert recording.channels[0].unit == unit


def test_a_moment_that_cannot_be_is_left_out_and_said() -> None:
    (recording,) = read(container(data_set(days=-1e6)))

    assert recording.measured is None
    assert any("cannot be right" in one for one in said(recording.cautions))


def test_a_count_that_is_not_that_of_the_streams_is_refused() -> None:
    with pytest.raises(Unread, match="states 900 points; 512 of x and 512 of y are there"):
        read(container(data_set(points=900)))


def test_a_stream_of_half_numbers_is_refused() -> None:
    streams = data_set()
    streams["DataStorage1/DataSetGroup/DataSet1/DataSpectrumStorage/Data/Y Data.1"] += b"\0\0\0"

    with pytest.raises(Unread, match="no whole numbers"):
        read(container(streams))


def test_an_axis_that_is_no_number_is_refused() -> None:
    streams = data_set()
    streams["DataStorage1/DataSetGroup/DataSet1/DataSpectrumStorage/Data/X Data.1"] = np.full(POINTS, np.nan).tobytes()

    with pytest.raises(Unread, match=r"X Data\.1 has values that are no numbers"):
        read(container(streams))


def test_another_ole_file_is_not_claimed() -> None:
    document = Source.of_bytes(ole_container({"WordDocument": b"text", "1Table": b"table"}))

    assert not recognises(document)
    with pytest.raises(Unread, match="The container has no spectrum"):
        read(document)


def test_a_container_that_was_cut_off_is_known_and_refused() -> None:
    whole = container(data_set()).content
    cut = Source.of_bytes(whole[: len(whole) - 512])

    assert recognises(cut)
    with pytest.raises(Unread, match="container"):
        read(cut)


@pytest.mark.parametrize("name", ["01.spc", "03.spc"])
def test_real_containers_have_the_expected_values(shared_data: Path, name: str) -> None:
    wanted = expected(shared_data, "shimadzu_spc")[f"shimadzu_spc/{name}"]

    (recording,) = read_real(shared_data, f"shimadzu_spc/{name}", "shimadzu_spc")

    assert_reading(recording, wanted)
    assert recording.settings["dataset"] == wanted["meta"]["dataset"]
    assert recording.settings["datasets"] == wanted["meta"]["n_datasets"]
    exported = np.loadtxt(shared_data / "instruments" / "shimadzu_spc" / f"{name[:2]}-DataSet1.csv", delimiter=",")
    assert np.allclose(exported[::-1, 1], recording.channels[0].values, atol=1e-6)
