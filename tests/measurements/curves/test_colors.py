"""Every color keeps 3:1 on its ground, and the first four are told apart without color."""

import itertools

import pytest

from measurements.curves.colors import ON_DARK, ON_WHITE, category, channels, ordered, styles_of
from tests.measurements.curves.plotting import trace

WHITE, DARK = "#FFFFFF", "#14181D"
# Machado, Oliveira and Fernandes (2009): complete deuteranopia, on linear red, green and blue.
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))


def linear(color: str) -> list[float]:
    """Return red, green and blue as amounts of light."""
    shares = [value / 255 for value in channels(color)]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def lightness(color: str) -> float:
    """Return the luminance that WCAG compares."""
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors."""
    high, low = sorted((lightness(one), lightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def seen_by_deuteranopes(color: str) -> list[float]:
    """Return what is left of a color without the middle cones."""
    light = linear(color)
    return [sum(weight * part for weight, part in zip(row, light, strict=True)) for row in DEUTERANOPIA]


@pytest.mark.parametrize("index", range(len(ON_DARK)))
def test_a_category_keeps_its_contrast_on_dark(index: int) -> None:
    assert contrast(category(index).on_dark, DARK) >= 3


@pytest.mark.parametrize("index", range(len(ON_WHITE)))
def test_a_category_keeps_its_contrast_on_white_or_has_a_dash(index: int) -> None:
    style = category(index)

    assert contrast(style.on_white, WHITE) >= 3 or style.dash


def test_steps_of_a_ladder_keep_their_contrast() -> None:
    styles = ordered([float(step) for step in range(12)])

    assert min(contrast(one.on_white, WHITE) for one in styles) >= 3
    assert min(contrast(one.on_dark, DARK) for one in styles) >= 3


@pytest.mark.parametrize("ground", [0, 1])
def test_the_first_four_are_told_apart_without_the_middle_cones(ground: int) -> None:
    colors = [(category(index).on_white, category(index).on_dark)[ground] for index in range(4)]

    seen = [seen_by_deuteranopes(color) for color in colors]

    distances = [
        sum((one - other) ** 2 for one, other in zip(first, second, strict=True)) ** 0.5
        for first, second in itertools.combinations(seen, 2)
    ]
    assert min(distances) > 0.1


@pytest.mark.parametrize("ground", [0, 1])
def test_without_any_color_categories_differ_by_dash_or_clearly_by_gray(ground: int) -> None:
    styles = [category(index) for index in range(8)]

    alike = [
        (one, other)
        for one, other in itertools.combinations(styles, 2)
        if one.dash == other.dash
        and contrast((one.on_white, one.on_dark)[ground], (other.on_white, other.on_dark)[ground]) < 1.3
    ]
    assert alike == []


def test_no_two_categories_look_the_same() -> None:
    styles = [category(index) for index in range(8)]

    assert len({(one.on_white, one.dash) for one in styles}) == 8
    assert len({(one.on_dark, one.dash) for one in styles}) == 8


def test_a_ladder_of_one_sample_is_in_order_and_what_comes_back_is_dashed() -> None:
    rungs = (0.0, 1.0, 2.0, 1.0)
    traces = [trace(number=index, rung=rung, rung_unit="GPa", sample_code="DAC1") for index, rung in enumerate(rungs)]

    styles = styles_of(traces)

    assert styles[1].on_white == styles[3].on_white
    assert (styles[1].dash, styles[3].dash) == ((), (6, 3))


def test_samples_of_different_ages_are_no_ladder() -> None:
    traces = [trace(number=index, rung=float(index), rung_unit="d") for index in range(3)]

    assert styles_of(traces) == [category(0), category(1), category(2)]


def test_sizes_have_their_own_colors() -> None:
    traces = [trace(number=1, edge_length_nm=17.2), trace(number=2, edge_length_nm=8.8)]

    assert [one.on_white for one in styles_of(traces)] == ["#CC79A7", "#D55E00"]
