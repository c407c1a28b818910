"""Making specimens: films, grids, cuvettes and diamond-anvil loads out of a vial."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.models import CodeCounter
from labbook.services.codes import next_number
from samples.kinds import SPECIMEN_FORMS, Precision, SampleKind, SpecimenForm, Unit
from samples.models import Equipment, EquipmentKind, Process, RecipeVersion, Sample, Step
from samples.services.following import Following
from samples.services.graph import Made, make_process, make_sample, use
from samples.services.ledger import plain_number, said
from samples.services.precursors import ValueLine

FORMS_BY_PREFIX = {form.code_prefix: form for form in SPECIMEN_FORMS}


@dataclass(frozen=True, slots=True)
class Ingredient:
    """Something a process uses besides its source: ruby, silicone oil, a diluting solvent, or a gap."""

    description: str
    unit: Unit
    sample: Sample | None = None
    amount: Decimal | None = None
    as_written: str = ""
    is_solvent: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class SpecimenPlan:
    """What is to be made of a vial; `amount` is taken from it, in its unit, null when not recorded."""

    prefix: str
    amount: Decimal | None
    as_written: str = ""
    code: str = ""
    note: str = ""
    cell: Equipment | None = None
    # A spin coater or a cuvette that was used; unlike a cell it is not held.
    device: Equipment | None = None
    recount: Decimal | None = None
    ingredients: tuple[Ingredient, ...] = ()
    # What was done; the plan comes from the recipe.
    values: tuple[ValueLine, ...] = ()
    # Columns of SpecimenDetail: substrate, substrate_lot, substrate_cleaning, detail, dilution …
    detail: dict[str, object] = field(default_factory=dict)


def make_specimen(
    journal: Journal,
    *,
    source: Sample,
    plan: SpecimenPlan,
    at: datetime,
    precision: Precision = Precision.MINUTE,
    operator: str = "",
    recipe: RecipeVersion | None = None,
) -> Sample:
    """Make one specimen of a vial or fraction: process, ledger, code and detail row.

    Raises Refusal for a taken code, a use beyond the balance, or a cell that holds another load.
    """
    form = FORMS_BY_PREFIX[plan.prefix]
    material = source.fraction or source
    process = make_process(
        journal, kind=form.process, at=at, precision=precision, operator=operator, recipe=recipe,
    )  # fmt: skip
    following = Following(journal, process, recipe)
    use(
        journal, process=process, sample=source, amount=plan.amount, as_written=plan.as_written,
        recount=plan.recount, key="source", step=following.step_of_input("source"),
    )  # fmt: skip
    for ingredient in plan.ingredients:
        use_ingredient(journal, process=process, ingredient=ingredient, step=following.step_of_input(ingredient.key))
    following.record(plan.values)
    specimen = make_sample(
        journal,
        process=process,
        made=Made(
            kind=form.kind,
            code=specimen_code(material=material, prefix=plan.prefix, given=plan.code),
            unit=Unit.PIECE,
            amount=Decimal(1),
            fraction=material if material.kind == SampleKind.FRACTION else None,
            note=plan.note,
            details={"specimen": {"cell": plan.cell, **plan.detail}},
        ),
    )
    if plan.cell is not None:
        _hold_cell(journal, cell=plan.cell, load=specimen)
    devices = [one for one in (plan.cell, plan.device) if one is not None]
    if devices:
        process.equipment.add(*devices)
    return specimen


def make_specimens(
    journal: Journal,
    *,
    source: Sample,
    plan: SpecimenPlan,
    count: int,
    at: datetime,
    precision: Precision = Precision.MINUTE,
    operator: str = "",
    recipe: RecipeVersion | None = None,
) -> list[Sample]:
    """Make several specimens alike of one source; a refused use offers the recount that is enough for all of them."""
    made: list[Sample] = []
    try:
        for number in range(count):
            made.append(
                make_specimen(
                    journal, source=source, plan=plan if number == 0 else replace(plan, recount=None), at=at,
                    precision=precision, operator=operator, recipe=recipe,
                )
            )  # fmt: skip
    except Refusal as refusal:
        if refusal.offer and refusal.offer["sample"] == source.code and plan.amount is not None and count > 1:
            raise _short_for_all(refusal, source, plan.amount, count) from refusal
        raise
    return made


def _short_for_all(refusal: Refusal, source: Sample, amount: Decimal, count: int) -> Refusal:
    """Return the refusal of one of several uses as that of all of them, whose amounts are what a person typed."""
    wanted = f"{count} times {said(amount, source.unit)} is used"
    message = f"{source.code} has {said(source.balance or Decimal(0), source.unit)} left by the book and {wanted}. "
    message += "Recount what is there to use it all the same."
    return Refusal(message, field=refusal.field, offer={**refusal.offer, "recount": plain_number(amount * count)})


def specimen_form(*, kind: SampleKind, substrate: str) -> SpecimenForm:
    """Return the numbering form of a specimen kind; films on quartz are numbered apart."""
    if kind == SampleKind.FILM and "quartz" in substrate.lower():
        return FORMS_BY_PREFIX["QF"]
    return next(form for form in SPECIMEN_FORMS if form.kind == kind)


def specimen_code(*, material: Sample, prefix: str, given: str) -> str:
    """Return the given code, or the next one of this material and prefix: NC-024-F2-FL1."""
    series = f"{material.code}-{prefix}"
    if not given:
        return f"{series}{next_number(lab=material.lab, prefix=series)}"
    match = re.fullmatch(re.escape(series) + r"(\d{1,4})", given)
    if match:
        counter, _ = CodeCounter.objects.select_for_update().get_or_create(lab=material.lab, prefix=series)
        counter.last_number = max(counter.last_number, int(match[1]))
        counter.save(update_fields=["last_number"])
    return given


def use_ingredient(journal: Journal, *, process: Process, ingredient: Ingredient, step: Step | None = None) -> None:
    """Let a process use one ingredient, from a bottle or as a gap."""
    use(
        journal, process=process, sample=ingredient.sample, amount=ingredient.amount, unit=ingredient.unit,
        as_written=ingredient.as_written, description=ingredient.description, is_solvent=ingredient.is_solvent,
        key=ingredient.key, step=step,
    )  # fmt: skip


def unload_cell(journal: Journal, *, load: Sample, at: datetime) -> None:
    """Free the cell that holds a load; the load stays a sample with its measurements."""
    cell = Equipment.objects.select_for_update().filter(held_by=load).first()
    if cell is None:
        raise Refusal(f"{load.code} is in no cell.", field="cell")
    cell.held_by = None
    cell.version += 1
    cell.save(update_fields=["held_by", "version"])
    journal.changed(cell, "unloaded", {"held_by": (load, None)})
    detail = load.specimen
    detail.unloaded_at = at
    detail.save(update_fields=["unloaded_at"])
    load.version += 1
    load.save(update_fields=["version"])
    journal.changed(load, "unloaded", {"unloaded_at": (None, at)})


def _hold_cell(journal: Journal, *, cell: Equipment, load: Sample) -> None:
    held = Equipment.objects.select_for_update(of=("self",)).select_related("held_by").get(pk=cell.pk)
    if held.kind != EquipmentKind.ANVIL_CELL:
        raise Refusal(f"{held.title} is not a diamond-anvil cell.", field="cell")
    if held.held_by is not None:
        seen = Sample.objects.visible_to(journal.by).filter(pk=held.held_by.pk).exists() if journal.by else True
        what = held.held_by.code if seen else "another load"
        raise Refusal(f"{held.title} holds {what} until that is unloaded.", field="cell")
    held.held_by = load
    held.version += 1
    held.save(update_fields=["held_by", "version"])
    journal.changed(held, "loaded", {"held_by": (None, load)})
