"""XRDML: attenuated counts, finished intensities, positions of every kind, and lists that do not belong together."""

from datetime import datetime
from pathlib import Path

import pytest

from measurements.readers import xrdml
from measurements.readers.recording import Recording, Zone
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import assert_curve, expected, read_real

TWO_THETA = "<startPosition>10.0</startPosition><endPosition>11.0</endPosition>"
COUNTS = '<counts unit="counts">10 30 20</counts>'


def scan(
    data: str = COUNTS, positions: str = TWO_THETA, *, axis: str = "2Theta", scanned: str = "Gonio", state: str = ""
) -> str:
    """One scan."""
    return f"""<scan appendNumber="0" mode="Continuous" scanAxis="{scanned}" status="{state or "Completed"}">
      <header><startTimeStamp>2022-09-26T17:05:54+02:00</startTimeStamp><author><name>LM</name></author></header>
      <dataPoints>
        <positions axis="{axis}" unit="deg">{positions}</positions>
        <positions axis="Phi" unit="deg"><commonPosition>0.00</commonPosition></positions>
        <commonCountingTime unit="seconds">0.50</commonCountingTime>
        {data}
      </dataPoints></scan>"""


def document(*scans: str, prologue: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> str:
    """A document of scans."""
    return f"""{prologue}<xrdMeasurements xmlns="http://www.xrdml.com/XRDMeasurement/2.1" status="Completed">
    <comment><entry>Diffractometer system=XPERT-PRO</entry></comment>
    <sample type="To be analyzed"><id>NC-1</id><name></name></sample>
    <xrdMeasurement measurementType="Scan"><comment><entry>film</entry></comment>
      <usedWavelength intended="K-Alpha"><kAlpha1 unit="Angstrom">1.5405980</kAlpha1></usedWavelength>
      <incidentBeamPath><xRayTube><tension unit="kV">45</tension><current unit="mA">40</current>
        <anodeMaterial>Cu</anodeMaterial></xRayTube></incidentBeamPath>
      {"".join(scans)}
    </xrdMeasurement></xrdMeasurements>"""


def read(*scans: str) -> tuple[Recording, ...]:
    """Read a document of scans."""
    return xrdml.read(Source.of_bytes(document(*scans).encode()))


def test_a_scan_is_read_with_its_tube_and_its_moment() -> None:
    (one,) = read(scan())

    channel = one.channels[0]
    assert channel.x.values.tolist() == [10.0, 10.5, 11.0]
    assert channel.values.tolist() == [10.0, 30.0, 20.0]
    assert (channel.x.name, channel.x.unit, channel.unit) == ("2theta", "deg", "counts")
    assert one.instrument == "PANalytical XPERT-PRO"
    assert one.label == "NC-1"
    assert one.settings["tube_voltage_kv"] == 45.0
    assert one.settings["time_per_step_s"] == 0.5
    assert one.settings["schema_version"] == "2.1"
    assert one.header["xrdMeasurement/comment/entry"] == ("film",)
    assert one.measured is not None
    assert one.measured.zone == Zone.STATED
    assert one.measured.moment == datetime.fromisoformat("2022-09-26T17:05:54+02:00")


def test_raw_counts_are_multiplied_by_the_attenuators_factors_and_said() -> None:
    (one,) = read(scan("<beamAttenuationFactors>1.00 188.00 1.00</beamAttenuationFactors>" + COUNTS))

    assert one.channels[0].values.tolist() == [10.0, 5640.0, 20.0]
    assert "multiplied by the beam attenuator's factors 1 to 188" in str(one.cautions[0])


def test_a_common_factor_holds_for_every_count() -> None:
    (one,) = read(scan("<commonBeamAttenuationFactor>10</commonBeamAttenuationFactor>" + COUNTS))

    assert one.channels[0].values.tolist() == [100.0, 300.0, 200.0]


def test_finished_intensities_are_not_multiplied_again() -> None:
    data = '<beamAttenuationFactors>1 188 1</beamAttenuationFactors><intensities unit="counts">10 30 20</intensities>'

    (one,) = read(scan(data))

    assert one.channels[0].values.tolist() == [10.0, 30.0, 20.0]
    assert "already multiplied" in str(one.cautions[0])


def test_factors_of_one_are_not_worth_a_word() -> None:
    (one,) = read(scan("<beamAttenuationFactors>1 1 1</beamAttenuationFactors>" + COUNTS))

    assert one.cautions == ()


def test_listed_positions_are_taken_as_they_are() -> None:
    (one,) = read(scan(positions="<listPositions>10 10.1 12</listPositions>"))

    assert one.channels[0].x.values.tolist() == [10.0, 10.1, 12.0]


def test_a_rocking_curve_is_over_omega() -> None:
    (one,) = read(scan(axis="Omega", scanned="Omega"))

    assert one.channels[0].x.name == "omega"


def test_every_scan_is_a_recording_of_its_own() -> None:
    found = read(scan(), scan('<counts unit="counts">1 2</counts>'))

    assert [one.label for one in found] == ["NC-1 range 1", "NC-1 range 2"]
    assert [len(one.channels[0].values) for one in found] == [3, 2]


def test_an_aborted_scan_says_that_its_end_may_be_the_planned_one() -> None:
    (one,) = read(scan(state="Aborted"))

    assert "marked as Aborted" in str(one.cautions[0])


def test_a_descending_axis_is_turned_and_said() -> None:
    (one,) = read(scan(positions="<startPosition>11</startPosition><endPosition>10</endPosition>"))

    assert one.channels[0].values.tolist() == [20.0, 30.0, 10.0]
    assert "turned" in str(one.cautions[0])


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (scan("<counts>10 lots 20</counts>"), r"<counts> has text among its numbers.*\(byte"),
        (scan("<counts>1_0 20</counts>"), r"<counts> has an underscore"),
        (scan("<counts></counts>"), r"<counts> is empty"),
        (scan(""), r"neither <counts> nor <intensities>"),
        (scan("<beamAttenuationFactors>1 1</beamAttenuationFactors>" + COUNTS), r"3 counts have 2 attenuation factors"),
        (scan(positions="<listPositions>10 11</listPositions>"), r"3 counts have 2 positions"),
        (scan(positions="<commonPosition>1</commonPosition>"), r"no moving axis"),
        (scan(positions="<startPosition>1</startPosition>"), r"no start or end"),
        (scan(positions="<startPosition>1</startPosition><endPosition>1e9</endPosition>"), r"no angle"),
        ("<scan/>", r"no data points"),
        ("", r"has no scans"),
    ],
)
def test_lists_that_do_not_belong_together_are_refused(one: str, reason: str) -> None:
    with pytest.raises(Unread, match=reason):
        read(one)


def test_a_document_that_was_cut_off_is_refused_with_its_line() -> None:
    text = document(scan())

    with pytest.raises(Unread, match=r"broken \(line 15\)"):
        xrdml.read(Source.of_bytes(text[: text.index("</dataPoints>") - 40].encode()))


def test_entities_are_refused() -> None:
    entities = '<!DOCTYPE a [<!ENTITY lol "lol">]>'

    with pytest.raises(Unread, match="entities"):
        xrdml.read(Source.of_bytes(document(scan(), prologue=entities).encode()))


def test_utf_16_is_read() -> None:
    text = document(scan(), prologue='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16")

    assert xrdml.recognises(Source.of_bytes(text))
    assert xrdml.read(Source.of_bytes(text))[0].channels[0].values.tolist() == [10.0, 30.0, 20.0]


def test_it_is_known_by_its_first_element() -> None:
    assert xrdml.recognises(Source.of_bytes(document(scan()).encode()))
    assert not xrdml.recognises(Source.of_bytes(b"<notes>about <xrdMeasurements></notes>"))
    assert not xrdml.recognises(Source.of_bytes(b"xrdMeasurements"))


@pytest.mark.parametrize("name", ["XRD-918-16_10.xrdml", "CG20396_jdb12-1.xrdml", "empyrean.xrdml"])
def test_real_files_read_as_expected(shared_data: Path, name: str) -> None:
    wanted = expected(shared_data, "xrdml")[f"xrdml/{name}"]

    (one,) = read_real(shared_data, f"xrdml/{name}", "xrdml")

    assert_curve(one, wanted)
    assert one.settings["wavelength_alpha1_angstrom"] == float(wanted["meta"]["kAlpha1"])
    assert one.settings["tube_voltage_kv"] == float(wanted["meta"]["kV"])
    assert one.settings["time_per_step_s"] == float(wanted["meta"]["commonCountingTime_s"])
    assert one.settings["scan_axis"] == wanted["meta"]["scanAxis"]
    assert one.measured is not None
    assert one.measured.as_written == wanted["meta"]["start"]
