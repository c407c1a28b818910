"""The shipped recipes say what the source says, its gaps and its inconsistencies included."""

from copy import deepcopy
from typing import Any

import pytest

from samples.recipes.contents import RecipeContent, RecipeError
from samples.recipes.reading import read_content, read_recipe_file, shipped_recipes, write_content
from samples.services.recipes import written

RECIPES = {content.slug: content for content in shipped_recipes()}


def test_the_eight_procedures_of_the_source_are_shipped() -> None:
    assert list(RECIPES) == [
        "cs-oleate", "pbi2", "hot-injection", "precipitation",
        "spin-coated-film", "tem-grid", "cuvette", "diamond-anvil-load",
    ]  # fmt: skip


@pytest.mark.parametrize("slug", RECIPES)
def test_a_recipe_written_and_read_again_is_the_same(slug: str) -> None:
    assert read_content(written(RECIPES[slug])) == RECIPES[slug]


def test_the_second_oleic_acid_is_oleylamine_with_its_source_note() -> None:
    pbi2 = RECIPES["pbi2"]

    assert [(one.chemical, one.amount) for one in pbi2.step("ligands").inputs] == [
        ("OA", "1.25 ml"),
        ("OAm", "1.25 ml"),
    ]
    assert "E1" in [note.number for note in pbi2.notes_of("ligands")]
    assert (pbi2.step("ligands").look_before, pbi2.step("ligands").look_after) == (
        "turbid orange",
        "transparent yellow",
    )


@pytest.mark.parametrize(
    ("slug", "key", "planned"),
    [
        ("cs-oleate", "degas_temperature_c", "120 °C"),
        ("cs-oleate", "hold_time_min", ""),
        ("pbi2", "ligand_temperature_c", ""),
        ("hot-injection", "injection_temperature_c", "140–220 °C"),
        ("hot-injection", "growth_s", ""),
        ("precipitation", "spin_speed_rpm", "7500 rpm"),
        ("precipitation", "meoac_ratio", "3"),
        ("tem-grid", "drying_time_min", "5–10 min"),
        ("tem-grid", "drop_volume_ul", "5 µl"),
        ("diamond-anvil-load", "culet_diameter_mm", "0.4 mm"),
        ("diamond-anvil-load", "hole_diameter_um", ""),
        ("spin-coated-film", "coating_speed_rpm", ""),
    ],
)
def test_a_planned_value_is_the_sources_own_or_not_stated(slug: str, key: str, planned: str) -> None:
    assert RECIPES[slug].value(key).planned == planned


@pytest.mark.parametrize(
    ("slug", "number"),
    [("pbi2", "E1"), ("precipitation", "E10"), ("precipitation", "E15"), ("precipitation", "E18")],
)
def test_an_inconsistency_of_the_source_stays_visible(slug: str, number: str) -> None:
    assert number in [note.number for note in RECIPES[slug].notes]


def test_the_lead_batch_of_a_hot_injection_is_this_flask_whole() -> None:
    batch = RECIPES["hot-injection"].input("pb_batch")

    assert batch.whole_batch
    assert batch.amount == ""


def test_turning_red_is_an_optional_stamp_of_the_injection() -> None:
    step = RECIPES["hot-injection"].step("inject")

    assert (step.stamps, step.optional_stamps) == (("injected",), ("turned_red",))


def changed(slug: str, change: Any) -> dict[str, Any]:
    """Return a shipped recipe's JSON with one thing changed."""
    data = deepcopy(write_content(RECIPES[slug]))
    change(data)
    return data


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda data: data.pop("slug"), "slug: this field is missing"),
        (lambda data: data.update(colour="red"), "colour: there is no such field"),
        (lambda data: data.update(kind="baking"), "kind: 'baking' is not known"),
        (lambda data: data.update(steps=[]), "steps: a recipe has at least one step"),
        (lambda data: data.update(steps="mix"), "steps: expected a list"),
        (lambda data: data["steps"][0].update(key=7), "steps[1].key: expected text"),
        (lambda data: data["steps"][1]["values"][0].update(key="heat"), "steps[2].values[1].key: 'heat' is not known"),
        (lambda data: data["steps"][1]["values"][0].update(planned="hot"), "steps[2].values[1].planned: "),
        (lambda data: data["steps"][0]["inputs"][2].update(amount="0.65 parsec"), "steps[1].inputs[3].amount: "),
        (lambda data: data["steps"][0]["inputs"][0].update(element=""), "steps[1].inputs[1].elements_per_formula: "),
        (lambda data: data["steps"][0]["inputs"][1].update(key="oa"), "inputs[3].key: oa is there twice"),
        (lambda data: data["notes"][0].update(step="bake"), "notes[1].step: 'bake' is not known"),
    ],
)
def test_a_recipe_of_another_shape_is_refused_at_its_field(change: Any, where: str) -> None:
    with pytest.raises(RecipeError) as error:
        read_content(changed("cs-oleate", change))

    assert str(error.value).startswith(where)


def test_a_file_that_is_not_toml_is_refused_at_its_line(tmp_path: Any) -> None:
    path = tmp_path / "broken.toml"
    path.write_text('slug = "x"\ntitle = \nkind = "preparation"', encoding="utf-8")

    with pytest.raises(RecipeError, match=r"broken\.toml: .*line 2"):
        read_recipe_file(path)


def test_every_input_of_a_precursor_names_a_chemical_and_an_amount() -> None:
    precursors: list[RecipeContent] = [RECIPES["cs-oleate"], RECIPES["pbi2"]]

    assert all(one.chemical and one.amount for content in precursors for one in content.inputs)
