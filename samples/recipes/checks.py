"""What a recipe must satisfy beyond its shape: known keys, readable amounts, names used once."""

from collections.abc import Iterable

from labbook.quantities import QuantityError, parse_quantity, parse_range, storage_unit
from samples.kinds import ProcessKind
from samples.recipes.contents import PlannedInput, PlannedValue, RecipeContent, RecipeError
from samples.value_keys import VALUE_KEYS

ROLES = ("reagent", "solvent", "ligand", "antisolvent", "precursor", "sample", "marker", "medium")
STAMPS = ("injected", "turned_red", "ice_bath")


def check_content(content: RecipeContent) -> None:
    """Raise RecipeError, naming the field, for what no process could be made from."""
    _one_of(content.kind, ProcessKind.values, "kind")
    _once((step.key for step in content.steps), "steps", "key")
    _once((one.key for one in content.inputs), "inputs", "key")
    _amount(content.nominal_amount, "nominal_amount")
    if not content.steps:
        raise RecipeError("steps: a recipe has at least one step.")
    for number, step in enumerate(content.steps, 1):
        where = f"steps[{number}]"
        _one_of(step.process or content.kind, ProcessKind.values, f"{where}.process")
        for stamp in (*step.stamps, *step.optional_stamps):
            _one_of(stamp, STAMPS, f"{where}.stamps")
        for place, one in enumerate(step.values, 1):
            _check_value(one, f"{where}.values[{place}]")
        for place, given in enumerate(step.inputs, 1):
            _check_input(given, f"{where}.inputs[{place}]")
    _values_once(content)
    known = [step.key for step in content.steps]
    for number, note in enumerate(content.notes, 1):
        _one_of(note.step or known[0], known, f"notes[{number}].step")


def _check_value(value: PlannedValue, where: str) -> None:
    _one_of(value.key, VALUE_KEYS, f"{where}.key")
    if value.planned:
        try:
            parse_range(value.planned, VALUE_KEYS[value.key].unit)
        except QuantityError as error:
            raise RecipeError(f"{where}.planned: {error}") from error


def _check_input(given: PlannedInput, where: str) -> None:
    _one_of(given.role, ROLES, f"{where}.role")
    _amount(given.amount, f"{where}.amount")
    if bool(given.element) != (given.elements_per_formula > 0):
        raise RecipeError(f"{where}.elements_per_formula: an element needs its count, and a count its element.")


def _amount(text: str, where: str) -> None:
    if not text:
        return
    unit = text.rsplit(" ", 1)[-1]
    try:
        parse_quantity(text, storage_unit(unit))
    except QuantityError as error:
        raise RecipeError(f"{where}: {error}") from error


def _values_once(content: RecipeContent) -> None:
    """Refuse a value that one process would have twice; a step with another process starts anew."""
    seen: set[tuple[str, str]] = set()
    for number, step in enumerate(content.steps, 1):
        for value in step.values:
            if (step.process, value.key) in seen:
                raise RecipeError(f"steps[{number}].values: {value.key} is there twice.")
            seen.add((step.process, value.key))


def _once(names: Iterable[str], where: str, field: str) -> None:
    seen: set[str] = set()
    for number, name in enumerate(names, 1):
        if name in seen:
            raise RecipeError(f"{where}[{number}].{field}: {name} is there twice.")
        seen.add(name)


def _one_of(value: str, known: Iterable[str], where: str) -> None:
    if value not in list(known):
        raise RecipeError(f"{where}: {value!r} is not known. Known are {', '.join(known)}.")
