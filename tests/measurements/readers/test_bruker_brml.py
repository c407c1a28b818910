"""BRML: columns by their views, counts that are already attenuated, frames of a detector, and many scans."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from measurements.readers import bruker_brml
from measurements.readers.recording import Recording, Role, Zone
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import assert_curve, expected, read_real

TIME = '<RawDataView xsi:type="FixedRawDataView" Start="0" Length="1" LogicName="MeasuredTime" Unit="s"/>'
ABSORBER = '<RawDataView xsi:type="FixedRawDataView" Start="1" Length="1" LogicName="AbsorptionFactor"/>'
AXES = """<RawDataView xsi:type="VaryingRawDataView" Start="2" Length="2"><Varying>
  <FieldDefinitions FieldName="Theta"/><FieldDefinitions FieldName="TwoTheta"/></Varying></RawDataView>"""
ROWS = ("2,1,5,10,100", "2,8.3,5.25,10.5,830", "2,1,5.5,11,90")


def recorded(start: int = 4, length: int = 1, *, unit: str = "Counts", name: str = "PSD counter", rows: int = 1) -> str:
    """A view of what a detector or sensor recorded."""
    return f"""<RawDataView xsi:type="RecordedRawDataView" Start="{start}" Length="{length}">
      <Recording VisibleName="{name}" LogicName="Scan"><Unit Base="{unit}"/><Size><X>{length}</X><Y>{rows}</Y></Size>
      <BlankingValue>-9999</BlankingValue></Recording></RawDataView>"""


def route(
    rows: tuple[str, ...] = ROWS,
    views: str = TIME + ABSORBER + AXES + recorded(),
    *,
    flag: str = "Measured",
    measured: int | None = None,
    planned: int | None = None,
    more: str = "",
) -> str:
    """One route of a scan."""
    return f"""<DataRoute RouteFlag="{flag}"><ScanInformation ScanName="LockedCoupled" VisibleName="Coupled">
      <MeasurementPoints>{len(rows) if planned is None else planned}</MeasurementPoints>
      <ScanAxes><ScanAxisInfo AxisName="TwoTheta"><Start>10</Start><Stop>12</Stop><Increment>0.5</Increment>
      </ScanAxisInfo></ScanAxes></ScanInformation>{more}
      <SubScans><SubScanInfo MeasuredSteps="{len(rows) if measured is None else measured}"/></SubScans>
      {"".join(f"<Datum>{row}</Datum>" for row in rows)}<DataViews>{views}</DataViews></DataRoute>"""


def raw_data(*routes: str) -> str:
    """One raw data document."""
    return f"""<?xml version="1.0"?><RawData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <TimeStampStarted>2017-08-04T16:43:02.3459532+01:00</TimeStampStarted><DataRoutes>{"".join(routes)}</DataRoutes>
      <FixedInformation><Instrument><PrimaryTracks><TrackInfoData><MountedOptics><InfoData><Tube>
      <WaveLengthAlpha1 Unit="A" Value="1.5406"/><TubeMaterial>Cu</TubeMaterial>
      <Generator><Voltage Value="40"/><Current Value="30"/></Generator>
      </Tube></InfoData></MountedOptics></TrackInfoData></PrimaryTracks></Instrument></FixedInformation></RawData>"""


def container(*documents: str) -> Source:
    """A BRML file; its members lie in the zip in the reverse of their order."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, document in reversed(list(enumerate(documents))):
            archive.writestr(f"Experiment0/RawData{number}.xml", document)
        archive.writestr(
            "Experiment0/DataContainer.xml", '<DataContainer><MeasurementInfo SampleName="NC-1"/></DataContainer>'
        )
    return Source.of_bytes(held.getvalue())


def read(*routes: str) -> tuple[Recording, ...]:
    """Read a container with one document of routes."""
    return bruker_brml.read(container(raw_data(*routes)))


def test_counts_stand_where_the_views_say_and_two_theta_is_the_axis() -> None:
    (one,) = read(route())

    channel = one.channels[0]
    assert channel.x.name == "2theta"
    assert channel.x.values.tolist() == [10.0, 10.5, 11.0]
    assert channel.unit == "counts"
    assert one.label == "NC-1"
    assert one.settings["time_per_step_s"] == 2.0
    assert one.settings["anode"] == "Cu"
    assert one.settings["tube_current_ma"] == 30.0
    assert one.measured is not None
    assert one.measured.zone == Zone.STATED


def test_stored_counts_are_already_attenuated_and_are_not_multiplied_again() -> None:
    (one,) = read(route())

    assert one.channels[0].values.tolist() == [100.0, 830.0, 90.0]
    assert "already multiplied by the absorber's factors 1 to 8.3" in str(one.cautions[0])
    assert one.settings["most_absorption_factor_ratio"] == 8.3


def test_a_sensor_beside_the_detector_is_a_monitor() -> None:
    rows = tuple(f"{row},{20 + index}" for index, row in enumerate(ROWS))
    sensor = recorded(5, unit="Celsius", name="Temperature")

    (one,) = read(route(rows, TIME + ABSORBER + AXES + sensor + recorded()))

    assert [channel.role for channel in one.channels] == [Role.SIGNAL, Role.MONITOR]
    assert one.channels[0].values.tolist() == [100.0, 830.0, 90.0]
    assert one.channels[1].values.tolist() == [20.0, 21.0, 22.0]


def test_the_sum_of_a_detector_makes_the_pattern_and_its_channels_are_said_to_be_left_out() -> None:
    rows = tuple(f"{row},1,2,3" for row in ROWS)

    (one,) = read(route(rows, TIME + ABSORBER + AXES + recorded(5, 3, name="Frame") + recorded()))

    assert one.channels[0].values.tolist() == [100.0, 830.0, 90.0]
    assert "3 channels of “Frame” were left out" in [str(caution) for caution in one.cautions]


def test_a_frame_of_a_detector_lies_on_start_and_increment() -> None:
    (one,) = read(route(("2,1,7,8,9,6",), TIME + ABSORBER + recorded(2, 4)))

    assert one.channels[0].values.tolist() == [7.0, 8.0, 9.0, 6.0]
    assert one.channels[0].x.values.tolist() == [10.0, 10.5, 11.0, 11.5]


def test_a_frame_about_a_reference_begins_there_and_says_what_the_alignment_makes_of_it() -> None:
    document = route(("2,1,34.5,69.129,7,8,9",), TIME + ABSORBER + AXES + recorded(4, 3))
    document = document.replace("<Start>10<", "<Reference>64</Reference><Start>-0<")

    (one,) = read(document)

    assert one.channels[0].x.values.tolist() == [64.0, 64.5, 65.0]
    said = "the detector stood at 64°, which the alignment of the sample calls 69.129°"
    assert said in [str(caution) for caution in one.cautions]


def test_several_frames_are_one_map() -> None:
    (one,) = read(route(("2,1,7,8,9", "2,1,1,2,3"), TIME + ABSORBER + recorded(2, 3)))

    channel = one.channels[0]
    assert channel.values.tolist() == [[7.0, 8.0, 9.0], [1.0, 2.0, 3.0]]
    assert [axis.name for axis in channel.axes] == ["index", "2theta"]


def test_images_of_a_detector_are_refused() -> None:
    with pytest.raises(Unread, match="images of a detector"):
        read(route(("2,1,7,8",), TIME + ABSORBER + recorded(2, 2, rows=2)))


def test_many_scans_come_in_the_order_of_their_numbers() -> None:
    documents = [raw_data(route((f"2,1,5,10,{number}", f"2,1,5,11,{number}"))) for number in range(11)]

    found = bruker_brml.read(container(*documents))

    assert [one.channels[0].values[0] for one in found] == list(range(11))
    assert found[10].label == "NC-1 range 11"


def test_only_the_measured_route_is_read() -> None:
    (one,) = read(route(("2,1,5,10,1", "2,1,5,11,2"), flag="Final"), route())

    assert one.channels[0].values.tolist() == [100.0, 830.0, 90.0]


def test_blanked_counts_are_gaps_and_said() -> None:
    (one,) = read(route(("2,1,5,10,-9999", "2,1,5,11,2")))

    assert np.isnan(one.channels[0].values[0])
    assert "1 of 2 values are not numbers" in str(one.cautions[0])


def test_a_scan_that_ended_early_says_how_many_points_were_planned() -> None:
    (one,) = read(route(planned=10))

    assert "10 points were planned and 3 measured" in [str(caution) for caution in one.cautions]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (route(measured=4), r"states 4 measured points and has 3"),
        (route(("2,1,5,10,1", "2,1,5")), r"point 2 has 3 of 5 numbers"),
        (route(("2,1,5,10,lots",)), r"has text among its numbers"),
        (route(("2,1,5,10,1_0",)), r"has text among its numbers"),
        (route(()), r"has no rows"),
        (route((), more="<ScanDataExternalLink/>"), r"in a file of their own"),
        (route(views=TIME + AXES), r"lists no counts"),
        (route(views=AXES + recorded(9)), r"lists 10 columns and its rows have 5"),
        (route(views=AXES + recorded(4, 2**31)), r"lists a column at 4 of length 2147483648"),
        (route(views=TIME + recorded()), r"has no moving axis"),
    ],
)
def test_rows_that_do_not_fit_their_columns_are_refused(one: str, reason: str) -> None:
    with pytest.raises(Unread, match=reason):
        read(one)


def test_a_container_that_was_cut_off_is_known_and_refused() -> None:
    whole = container(raw_data(route())).content

    cut = Source.of_bytes(whole[:-60])

    assert bruker_brml.recognises(cut)
    with pytest.raises(Unread, match="zip container is broken"):
        bruker_brml.read(cut)


def test_a_bomb_is_refused_instead_of_unpacked() -> None:
    with pytest.raises(Unread, match="unpacks to more than"):
        bruker_brml.read(container("<RawData>" + " " * (130 * 1024 * 1024)))


def test_a_document_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(Unread, match=r"RawData0.xml has more than 16,777,216 bytes \(byte 0\)"):
        bruker_brml.read(container("<RawData>" + " " * (17 * 1024 * 1024)))


def test_other_zip_files_are_not_claimed() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")

    assert not bruker_brml.recognises(Source.of_bytes(held.getvalue()))
    assert not bruker_brml.recognises(Source.of_bytes(b"no zip"))


@pytest.mark.parametrize("name", ["diffrac.brml", "23-012-AG_2thomegascan_long.brml"])
def test_real_files_read_as_expected(shared_data: Path, name: str) -> None:
    wanted = expected(shared_data, "bruker_brml")[f"bruker_brml/{name}"]

    (one,) = read_real(shared_data, f"bruker_brml/{name}", "bruker_brml")

    assert_curve(one, wanted)
    assert one.settings["time_per_step_s"] == float(wanted["time_per_step_s"])
    assert one.settings["most_absorption_factor_ratio"] == wanted["absorber_factors"][1]
    assert one.settings["wavelength_alpha2_angstrom"] == float(wanted["meta"]["lambda"]["WaveLengthAlpha2"])
    assert one.measured is not None
    assert one.measured.as_written == wanted["meta"]["started"]
