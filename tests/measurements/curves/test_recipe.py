"""A recipe and its address are the same thing said twice."""

import pytest
from django.http import QueryDict

from measurements.axes.views import AXIS_VIEWS
from measurements.curves.recipe import AXES, Cut, Recipe, TraceKey, differing, recipe_of


def test_a_recipe_survives_its_address() -> None:
    recipe = Recipe(
        traces=(TraceKey(12), TraceKey(13, 4), TraceKey(14, cut=Cut("y", 600.0, 675.5)), TraceKey(15, cut=Cut("x"))),
        measurements=(7, 8), axis="ev", per_axis=False, is_log=True, normalise="at", normalise_at=668.0,
        offset_fraction=0.25, x_from=1.7, x_to=2.1, hidden=frozenset({"12"}), preset="nature",
    )  # fmt: skip

    assert recipe_of(QueryDict(recipe.query())) == recipe


def test_what_is_usual_is_not_in_the_address() -> None:
    assert Recipe(measurements=(3,)).query() == "m=3"


def test_a_box_without_a_tick_hides_its_trace() -> None:
    recipe = recipe_of(QueryDict("c=1&c=2&listed=1&listed=2&show=2"))

    assert recipe.hidden == {"1"}


def test_every_axis_of_an_address_can_be_drawn() -> None:
    assert set(AXES) == set(AXIS_VIEWS)


@pytest.mark.parametrize("text", ["x", "1.", "1.x", "-1", "1~z:1:2", "1~x:1", "9" * 30, "1~x:abc:2"])
def test_what_is_no_trace_is_left_out(text: str) -> None:
    assert recipe_of(QueryDict(f"c={text}")).traces == ()


def test_a_label_says_no_more_than_tells_traces_apart() -> None:
    facts = [
        {"sample": "NC-024-F2", "age": "3 d", "file": "a.txt"},
        {"sample": "NC-027-F2", "age": "4 d", "file": "b.txt"},
    ]

    assert differing(facts) == ["NC-024-F2", "NC-027-F2"]


def test_a_label_says_as_much_as_is_needed() -> None:
    facts = [
        {"sample": "DAC1", "pressure": "0 GPa", "branch": "compression"},
        {"sample": "DAC1", "pressure": "0 GPa", "branch": "release"},
        {"sample": "DAC1", "pressure": "1 GPa", "branch": "compression"},
    ]

    assert differing(facts) == ["0 GPa · compression", "0 GPa · release", "1 GPa · compression"]
