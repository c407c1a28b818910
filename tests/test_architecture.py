"""What protects a reader of the source: import directions, purity, first sentences, and units in names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import DecimalField, Field, FloatField, Model

ROOT = Path(__file__).resolve().parents[1]

# From the ground floor up; a floor imports only those before it.
FLOORS = ("labbook", "samples", "measurements", "analysis")

# Numbers in, numbers out: these know no Django. The field type is where quantities meet it.
PURE = ("labbook/quantities", "samples/arithmetic", "samples/recipes", "measurements/readers", "analysis/physics")
NOT_PURE = ("labbook/quantities/fields.py",)
FRAMEWORKS = ("django", "rest_framework")
RELATIVE = re.compile(r"^ *from \.", re.MULTILINE)

# The last word of a physical name: its unit, or that it has none.
UNIT_ENDINGS = (
    "c", "k", "gpa", "mbar", "nm", "ev", "mev", "per_cm", "angstrom", "deg", "rad",
    "ps", "ns", "s", "min", "h", "days", "ul", "ml", "mg", "g", "mmol", "mmol_per_l", "mg_per_ml", "g_per_mol",
    "g_per_ml", "um", "mm", "uj_per_cm2", "mw_per_cm2", "rpm", "per_ns", "counts", "counts_per_s", "au",
    "fraction", "percent", "ratio", "count", "index",
)  # fmt: skip
# A model that has one of these fields says there what its plain numbers are in; a sample has one unit for all.
UNIT_FIELDS = {"unit", "key", "sample"}


def sources(*folders: str) -> list[Path]:
    """Return the Python files under folders of the repository, migrations left out."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Return the line and the full name of every module a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, node.module or ""


def named(path: Path) -> str:
    """Return a file's name inside the repository."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_only_go_downhill(floor: str) -> None:
    above = FLOORS[FLOORS.index(floor) + 1 :]

    uphill = [
        f"{named(path)}:{line} imports {module}"
        for path in sources(floor)
        for line, module in imported(path)
        if module.split(".")[0] in above
    ]

    assert not uphill, "\n".join(uphill)


def test_no_floor_imports_relatively_or_from_tests_and_scripts() -> None:
    sideways = [
        f"{named(path)}:{line} imports {module}"
        for path in sources(*FLOORS)
        for line, module in imported(path)
        if module.split(".")[0] in {"tests", "scripts"}
    ]
    relative = [named(path) for path in sources(*FLOORS, "tests", "scripts") if RELATIVE.search(path.read_text())]

    assert not (sideways + relative), "\n".join(sideways + relative)


def test_pure_modules_know_no_framework_and_no_other_room() -> None:
    pure = [path for path in sources(*PURE) if named(path) not in NOT_PURE]

    framed = [
        f"{named(path)}:{line} imports {module}"
        for path in pure
        for line, module in imported(path)
        if module.split(".")[0] in FRAMEWORKS or module.endswith((".models", ".services", ".queries", ".views"))
    ]

    assert pure
    assert not framed, "\n".join(framed)


def test_every_file_opens_with_one_sentence() -> None:
    silent = []
    for path in sources(*FLOORS, "tests", "scripts"):
        docstring = ast.get_docstring(ast.parse(path.read_text())) or ""
        first = docstring.split("\n\n")[0]
        if (path.stat().st_size and not first.endswith((".", "?"))) or "\n" in first:
            silent.append(named(path))

    assert not silent, "\n".join(silent)


def test_public_functions_of_services_queries_and_pure_modules_say_what_they_do() -> None:
    rooms = [path for path in sources(*FLOORS) if {"services", "queries"} & set(path.parts)]

    unsaid = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in [*rooms, *sources(*PURE)]
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert not unsaid, "\n".join(unsaid)


def numbers() -> list[tuple[type[Model], "Field[object, object]"]]:
    """Return every float and decimal field of our own models."""
    models = [model for floor in FLOORS for model in apps.get_app_config(floor).get_models()]
    return [
        (model, field)
        for model in models
        for field in model._meta.get_fields()
        if isinstance(field, FloatField | DecimalField)
    ]


def test_every_number_in_a_table_names_its_unit_or_lies_beside_it() -> None:
    def unit_is_known(model: type[Model], name: str) -> bool:
        beside = UNIT_FIELDS & {field.name for field in model._meta.get_fields()}
        return bool(beside) or name.endswith(tuple(f"_{ending}" for ending in UNIT_ENDINGS))

    unitless = [f"{model.__name__}.{field.name}" for model, field in numbers() if not unit_is_known(model, field.name)]

    assert numbers()
    assert not unitless, "\n".join(unitless)


def test_every_test_file_tests_something() -> None:
    def tests_in(path: Path) -> list[str]:
        tree = ast.walk(ast.parse(path.read_text()))
        return [node.name for node in tree if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]

    empty = [named(path) for path in sorted((ROOT / "tests").rglob("test_*.py")) if not tests_in(path)]

    assert not empty, "\n".join(empty)
