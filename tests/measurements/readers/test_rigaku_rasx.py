"""RASX: profiles in the order of their numbers, the attenuator's column, and containers that do not hold."""

import io
import zipfile
from pathlib import Path

import pytest

from measurements.readers import rigaku_rasx
from measurements.readers.recording import Zone
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import assert_curve, expected, read_real

ROWS = "10.0000\t100\t1\r\n10.5000\t300\t1\r\n11.0000\t200\t1\r\n"


def conditions(*, count: int = 3, axis: str = "TwoThetaTheta") -> str:
    """The conditions of a scan."""
    return f"""<?xml version="1.0" encoding="utf-8"?><MeasurementConditions>
      <GeneralInformation><Operator>LM</Operator><SampleName>NC-1</SampleName><SystemName>SmartLab</SystemName>
      </GeneralInformation><HWConfigurations><XrayGenerator><TargetName>Cu</TargetName><Voltage>40</Voltage>
      <WavelengthKalpha1>1.540593</WavelengthKalpha1></XrayGenerator></HWConfigurations>
      <ScanInformation><AxisName>{axis}</AxisName><Mode>CONTINUOUS</Mode><PositionUnit>deg</PositionUnit>
      <IntensityUnit>counts</IntensityUnit><StartTime>2024-02-19T09:05:47Z</StartTime><DataCount>{count}</DataCount>
      </ScanInformation></MeasurementConditions>"""


def container(*profiles: str, count: int = 3, axis: str = "TwoThetaTheta") -> Source:
    """A RASX file; its members lie in the zip in the reverse of their order."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number, profile in reversed(list(enumerate(profiles))):
            archive.writestr(f"Data{number}/Profile0.txt", profile.encode("utf-8-sig"))
            archive.writestr(f"Data{number}/MesurementConditions0.xml", conditions(count=count, axis=axis))
        archive.writestr("root.xml", "<Root/>")
    return Source.of_bytes(held.getvalue())


def test_a_profile_is_read_with_its_conditions() -> None:
    (one,) = rigaku_rasx.read(container(ROWS))

    channel = one.channels[0]
    assert channel.x.values.tolist() == [10.0, 10.5, 11.0]
    assert channel.values.tolist() == [100.0, 300.0, 200.0]
    assert (channel.x.name, channel.unit) == ("2theta", "counts")
    assert one.label == "NC-1"
    assert one.instrument == "Rigaku SmartLab"
    assert one.settings["tube_voltage_kv"] == 40.0
    assert one.measured is not None
    assert one.measured.zone == Zone.UTC


def test_the_attenuators_column_is_multiplied_back_and_said() -> None:
    (one,) = rigaku_rasx.read(container(ROWS.replace("300\t1", "300\t10")))

    assert one.channels[0].values.tolist() == [100.0, 3000.0, 200.0]
    assert "attenuator's factors 1 to 10" in str(one.cautions[0])


def test_many_profiles_come_in_the_order_of_their_numbers() -> None:
    profiles = [ROWS.replace("100", str(number)) for number in range(11)]

    found = rigaku_rasx.read(container(*profiles))

    assert [one.channels[0].values[0] for one in found] == list(range(11))


def test_a_scan_of_another_drive_is_named_after_it() -> None:
    (one,) = rigaku_rasx.read(container(ROWS, axis="Omega"))

    assert one.channels[0].x.name == "omega"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (container(ROWS, count=4), r"4 points are stated and Data0/Profile0.txt has 3 \(line 4\)"),
        (container(ROWS.replace("300", "lots")), r"“lots” is not a number \(line 2\)"),
        (container(ROWS + "11.5\t1"), r"2 of 3 numbers \(line 4\)"),
        (container(" " * (13 * 1024 * 1024)), r"has more than 12,582,912 bytes"),
        (container(""), r"Data0/Profile0.txt is empty"),
        (container(), r"has no profile"),
    ],
)
def test_profiles_that_do_not_hold_are_refused(content: Source, reason: str) -> None:
    with pytest.raises(Unread, match=reason):
        rigaku_rasx.read(content)


def test_a_container_that_was_cut_off_is_known_and_refused() -> None:
    cut = Source.of_bytes(container(ROWS).content[:-60])

    assert rigaku_rasx.recognises(cut)
    with pytest.raises(Unread, match="zip container is broken"):
        rigaku_rasx.read(cut)


def test_other_zip_files_are_not_claimed() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("root.xml", "<Root/>")

    assert not rigaku_rasx.recognises(Source.of_bytes(held.getvalue()))
    assert rigaku_rasx.recognises(container(ROWS))


@pytest.mark.parametrize("name", ["TwoTheta_scan_powder.rasx", "ZnO-ALD-training_001_1_0-000_0-000.rasx"])
def test_real_files_read_as_expected(shared_data: Path, name: str) -> None:
    wanted = expected(shared_data, "rigaku_rasx")[f"rigaku_rasx/{name}"]

    (one,) = read_real(shared_data, f"rigaku_rasx/{name}", "rigaku_rasx")

    assert_curve(one, wanted)
    assert one.settings["scan_axis"] == wanted["meta"]["axis"]
    assert one.settings["tube_current_ma"] == float(wanted["meta"]["mA"])
    assert one.measured is not None
    assert one.measured.as_written == wanted["meta"]["start"]
