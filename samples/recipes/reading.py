"""Recipes in and out: TOML files and the JSON of a recipe version, read strictly."""

import tomllib
from dataclasses import MISSING, asdict, fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

from samples.recipes.checks import check_content
from samples.recipes.contents import RecipeContent, RecipeError

FOLDER = Path(__file__).parent
WORDS: dict[object, str] = {str: "text", bool: "true or false", int: "a whole number"}


def read_content(data: object) -> RecipeContent:
    """Return a recipe from the shape that TOML and JSON give; raises RecipeError naming the field."""
    content: RecipeContent = _record(RecipeContent, data, "")
    check_content(content)
    return content


def write_content(content: RecipeContent) -> dict[str, Any]:
    """Return a recipe as JSON keeps it; `read_content` gives the same recipe back."""
    return asdict(content)


def read_recipe_file(path: Path) -> RecipeContent:
    """Return the recipe of a TOML file; raises RecipeError naming the file and the line or field."""
    try:
        return read_content(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, RecipeError) as error:
        raise RecipeError(f"{path.name}: {error}") from error


def shipped_recipes() -> list[RecipeContent]:
    """Return the recipes that come with the notebook, in the order of the work."""
    order = (
        "cs_oleate", "pbi2", "hot_injection", "precipitation",
        "spin_coated_film", "tem_grid", "cuvette", "diamond_anvil_load",
    )  # fmt: skip
    return [read_recipe_file(FOLDER / f"{name}.toml") for name in order]


def _record(shape: type, data: object, where: str) -> Any:
    """Return `data` as the dataclass `shape`, every field of its declared type and none unknown."""
    if not isinstance(data, dict):
        raise RecipeError(f"{where or 'the recipe'}: expected a table of fields.")
    hints = get_type_hints(shape)
    if unknown := sorted(set(data) - set(hints)):
        raise RecipeError(f"{_at(where, unknown[0])}: there is no such field. Fields are {', '.join(sorted(hints))}.")
    given = {name: _value(hints[name], data[name], _at(where, name)) for name in data}
    if missing := [one.name for one in fields(shape) if one.name not in given and one.default is MISSING]:
        raise RecipeError(f"{_at(where, missing[0])}: this field is missing.")
    return shape(**given)


def _value(hint: Any, value: object, where: str) -> Any:
    """Return one field's value, lists as tuples."""
    inner = get_args(hint)
    if not inner:
        # A bool is an int to Python; a recipe that says `true` for a count is wrong.
        if type(value) is not hint:
            raise RecipeError(f"{where}: expected {WORDS[hint]}, found {value!r}.")
        return value
    if not isinstance(value, list | tuple):
        raise RecipeError(f"{where}: expected a list.")
    shape = inner[0]
    if shape is str:
        return tuple(_value(str, one, f"{where}[{number}]") for number, one in enumerate(value, 1))
    return tuple(_record(shape, one, f"{where}[{number}]") for number, one in enumerate(value, 1))


def _at(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
