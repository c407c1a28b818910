"""Edge lists: numbers over particles, whatever the language, and no word taken for a number."""

from pathlib import Path

import pytest

from measurements.readers import tem_edges
from measurements.readers.recording import Recording, Role, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source


def read(text: str, encoding: str = "utf-8") -> Recording:
    source = Source.of_bytes(text.encode(encoding))
    assert tem_edges.recognises(source)
    (recording,) = tem_edges.read(source)
    return recording


def said(recording: Recording) -> str:
    return " | ".join(str(caution) for caution in recording.cautions)


def test_one_number_per_line_under_a_comment_is_counted() -> None:
    recording = read("# NC-024; cube edge, nm; 0.220 nm/px\n8.66\n8.41\n8.70\n")

    (edge,) = recording.channels
    assert recording.technique is Technique.TEM_EDGES
    assert (edge.unit, edge.values.tolist()) == ("nm", [8.66, 8.41, 8.70])
    assert (edge.x.name, edge.x.values.tolist()) == ("particle", [1, 2, 3])
    assert recording.settings["nm_per_px"] == 0.22


def test_a_table_gives_edges_over_the_particles_and_their_images() -> None:
    recording = read("# simulated; NC-021\nparticle,edge_nm,image\n1,6.84,1\n2,6.39,1\n5,7.66,2\n")

    edge, image = recording.channels
    assert edge.values.tolist() == [6.84, 6.39, 7.66]
    assert edge.x.values.tolist() == [1, 2, 5]
    assert (image.role, image.values.tolist()) == (Role.MONITOR, [1, 1, 2])
    assert recording.header["comment"] == ("simulated; NC-021",)


def test_names_of_images_are_kept_as_text_and_numbered() -> None:
    recording = read("image,edge_nm\nBF_02.tif,6.84\nBF_01.tif,6.39\nBF_02.tif,7.01\n")

    assert [channel.name for channel in recording.channels] == ["edge", "image"]
    assert recording.channels[1].values.tolist() == [1, 2, 1]
    assert recording.header["image"] == ("BF_02.tif", "BF_01.tif", "BF_02.tif")


def test_german_titles_decimal_commas_and_cp1252_are_read() -> None:
    text = "SIMULATED;NC-027\r\nNr.;Würfelkante (nm);Maßstab ± 0,5 %\r\n1;10,96;\r\n2;12,72;\r\n"

    recording = read(text, "cp1252")

    assert recording.channels[0].values.tolist() == [10.96, 12.72]
    assert recording.settings["scale_stderr_percent"] == 0.5
    assert "read as cp1252" in said(recording)


@pytest.mark.parametrize("comment", ["# cube edge, nm; scale 0.22 nm/px ± 1.5 %", "# edge, nm; calibration +/- 1,5 %"])
def test_the_error_of_the_scale_is_a_setting(comment: str) -> None:
    recording = read(f"{comment}\n8.66\n8.41\n")

    assert recording.settings["scale_stderr_percent"] == 1.5


def test_two_edges_of_a_particle_are_two_channels_and_an_uncertainty_is_an_error() -> None:
    recording = read("particle;edge err nm;long edge (nm);short edge (nm)\n1;0,1;9,5;7,5\n2;0,2;9,7;7,1\n")

    assert [(channel.name, channel.role) for channel in recording.channels] == [
        ("long edge (nm)", Role.SIGNAL),
        ("short edge (nm)", Role.SIGNAL),
        ("edge err nm", Role.STDERR),
    ]


def test_quoted_decimal_commas_are_one_cell() -> None:
    recording = read('particle,"edge [nm]"\n1,"10,96"\n2,"12,72"\n')

    assert recording.channels[0].values.tolist() == [10.96, 12.72]


def test_particles_that_are_numbered_anew_for_each_image_are_counted_and_said() -> None:
    recording = read("particle,edge_nm\n1,6.8\n2,6.3\n1,7.6\n")

    assert recording.channels[0].x.values.tolist() == [1, 2, 3]
    assert "not numbered upwards" in said(recording)


def test_an_edge_that_is_not_above_zero_is_said_with_its_line() -> None:
    recording = read("particle,edge_nm\n1,6.8\n2,-6.3\n")

    assert "1 edges are not above zero (line 3)" in said(recording)


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("particle,edge_nm\n1,8.71\n2,n.d.\n3,about 9\n", "“n.d.” is not a number", 3),
        ("particle,edge_nm\n1,8.71\n2,\n", "“” is not a number", 3),
        ("particle,edge_nm\n1,8.71\n2\n", "1 of 2 cells", 3),
        ("particle,edge_nm\n1,8,71\n", "3 cells under 2 titles", 2),
        ("particle,edge_nm\n1,nan\n", "“nan” is not a number", 2),
        ("# cube edge, nm\n8.1\n8.2 nm\n", "“8.2 nm” is not a number", 3),
        ("particle,edge_nm\n", "no edges", 2),
    ],
)
def test_what_is_no_edge_is_refused_with_its_line(text: str, words: str, line: int) -> None:
    with pytest.raises(Unread, match=words) as refusal:
        read(text)

    assert refusal.value.line == line


@pytest.mark.parametrize(
    "text",
    [
        "#Laser=\t532nm_Edge\n#Acq. time (s)=\t1\n100\t5\n",
        "# edges in px; 0.22 nm/px\n38.1\n39.2\n",
        "sample,absorption edge (nm)\nA,520\n",
        "The cubes have an edge of about 9 nm\nand are fine\n",
        "wavelength (nm),A\n400,0.1\n",
        "\0\1\2",
    ],
)
def test_other_texts_are_not_claimed(text: str) -> None:
    assert not tem_edges.recognises(Source.of_bytes(text.encode()))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("NC-021-F3-TG1_TEM_edges.csv", 200),
        ("NC-024-F2-TG1_TEM_edges.txt", 200),
        ("NC-027-F2-TG1_TEM_Kanten.csv", 200),
        ("nc030f1tg1_tem_edges.txt", 200),
    ],
)
def test_real_lists_have_the_particles_that_the_manifest_counts(shared_data: Path, name: str, count: int) -> None:
    with Source.of_path(shared_data / "campaign" / "raw" / "TEM" / name) as source:
        (recording,) = tem_edges.read(source)

    edge = recording.channels[0]
    assert edge.x.values[[0, -1]].tolist() == [1, count]
    assert 4 < edge.values.min() < edge.values.max() < 30


def test_the_real_list_with_words_is_refused_at_the_first(shared_data: Path) -> None:
    path = shared_data / "campaign" / "raw" / "TEM" / "NC-024-F2-TG1_TEM_edges_2.csv"
    with Source.of_path(path) as source, pytest.raises(Unread, match=r"“n\.d\.” is not a number") as refusal:
        tem_edges.read(source)

    assert refusal.value.line == 3
