"""One scan in several files is one measurement, and a sidecar belongs to its picture."""

from dataclasses import replace

from measurements.matching.scans import Line, Shape, joins_of

CURVE = Shape((2601,), 8.0, 60.0, 12.0, 5400.0)
RAW = Line(1, "NC-024-F2-XF1_XRD.raw", "XRD", "aa", "bruker_raw", CURVE)
XY = Line(2, "NC 024 F2 XF1 XRD.xy", "XRD", "bb", "powder_xy", replace(CURVE, y_max=5400.4))


def test_exports_of_one_scan_join_the_instruments_own_file() -> None:
    joins = joins_of([XY, RAW])

    assert [(one.key, one.to) for one in joins] == [(2, 1)]
    assert joins[0].why == "the same scan as NC-024-F2-XF1_XRD.raw"


def test_counts_per_second_are_the_same_scan_as_counts() -> None:
    rates = replace(XY, shape=Shape((2601,), 8.0, 60.0, 6.0, 2700.0))

    assert [(one.key, one.to) for one in joins_of([RAW, rates])] == [(2, 1)]


def test_another_curve_of_the_same_stem_is_a_measurement_of_its_own() -> None:
    other = replace(XY, shape=Shape((2601,), 8.0, 60.0, 3.0, 5800.0))

    assert joins_of([RAW, other]) == []


def test_a_matrix_without_axes_joins_the_image_with_the_same_counts() -> None:
    image = Line(1, "TRPL_0GPa_50ns.img", "TRPL", "aa", "hamamatsu_img", Shape((128, 160), 600.0, 740.0, 0.0, 812.0))
    matrix = Line(2, "TRPL_0GPa_50ns.dat", "TRPL", "bb", "hamamatsu_ascii", Shape((128, 160), 0.0, 159.0, 0.0, 812.0))

    assert [(one.key, one.to) for one in joins_of([image, matrix])] == [(2, 1)]


def test_a_sidecar_joins_the_picture_of_its_name() -> None:
    image = Line(1, "TG1_BF_01.tif", "TEM", "aa", "tiff_image", Shape((2048, 2048), 0.0, 1.0, 0.0, 255.0))
    sidecar = Line(2, "TG1_BF_01.txt", "TEM", "bb")

    assert [(one.key, one.why) for one in joins_of([image, sidecar])] == [(2, "belongs to TG1_BF_01.tif")]


def test_the_same_bytes_are_kept_under_the_name_that_says_most() -> None:
    copy = Line(1, "Copy of data final FINAL.img", "unsorted", "aa", shape=CURVE, confidence_percent=10)
    named = Line(2, "NC-024-F2-DAC1_TRPL_0GPa.img", "TRPL", "aa", shape=CURVE, confidence_percent=96)

    joins = joins_of([copy, named])

    assert [(one.key, one.to, one.is_same_bytes) for one in joins] == [(1, 2, True)]


def test_files_of_other_folders_are_no_copies_of_a_scan() -> None:
    assert joins_of([RAW, replace(XY, folder="elsewhere")]) == []


def test_two_recordings_of_one_file_stay_two() -> None:
    second = replace(RAW, key=3, position=1)

    assert joins_of([RAW, second]) == []
