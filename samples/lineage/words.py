"""The short words of a lineage: what a sample is, and what went along an edge."""

from decimal import Decimal

from labbook.marks.formulas import subscripted
from labbook.quantities import show, show_amount, show_number
from samples.kinds import SPECIMEN_KINDS, ProcessKind, SampleKind
from samples.lineage.closure import Closure
from samples.lineage.walk import Link
from samples.models import ProcessInput, Sample, SampleStatus, Synthesis

NOT_RECORDED = "not recorded"
RESTRICTED = "restricted"
# Where one process makes several samples, what went along an edge is what was made, not what was used.
SHARING_KINDS = frozenset({ProcessKind.DISPENSING, ProcessKind.SPLITTING})


def about_sample(sample: Sample, closure: Closure) -> str:
    """Return a few words on a sample: the lot of a bottle, the place of a vial, the size of a fraction."""
    if sample.kind == SampleKind.BOTTLE:
        return about_bottle(sample)
    if sample.kind in SPECIMEN_KINDS:
        return about_specimen(sample)
    if sample.kind == SampleKind.FRACTION:
        return about_fraction(sample, closure)
    if sample.kind == SampleKind.VIAL:
        return about_vial(sample)
    return subscripted(sample.title) or sample.get_kind_display()


def about_bottle(sample: Sample) -> str:
    """Return "PbI₂ · lot SIM4158"; a bottle without a lot says so."""
    bottle = getattr(sample, "bottle", None)
    if bottle is None:
        return sample.title or sample.get_kind_display()
    return f"{subscripted(bottle.short)} · lot {bottle.lot or NOT_RECORDED}"


def about_specimen(sample: Sample) -> str:
    """Return "film · glass"."""
    specimen = getattr(sample, "specimen", None)
    parts = [sample.get_kind_display(), specimen.substrate if specimen else "", ended(sample)]
    return " · ".join(part for part in parts if part)


def about_fraction(sample: Sample, closure: Closure) -> str:
    """Return "7.00 ml MeOAc · 9 nm" as far as it is known."""
    lines = closure.inputs.get(sample.origin_id, []) if sample.origin_id in closure.processes else []
    meoac = next((line.amount for line in lines if line.key == "meoac" and line.amount is not None), None)
    size = closure.sizes.get(sample.pk)
    parts = [
        f"{show_amount(meoac, 'ul')} MeOAc" if meoac is not None else "",
        show(size.edge_length_nm, "nm") if size else "",
    ]
    return " · ".join(part for part in parts if part) or sample.title or sample.get_kind_display()


def about_vial(sample: Sample) -> str:
    """Return "freezer · 0.45 ml left"."""
    place = sample.place.get_kind_display() if sample.place else ""
    left = ended(sample) or (f"{show_amount(sample.balance, sample.unit)} left" if sample.balance is not None else "")
    return " · ".join(part for part in (place, left) if part) or sample.get_kind_display()


def ended(sample: Sample) -> str:
    """Return the word for a sample that is used up, discarded or only planned, or nothing."""
    is_piece_in_use = sample.status == SampleStatus.IN_USE
    return "" if is_piece_in_use else sample.get_status_display()


def about_synthesis(synthesis: Synthesis) -> str:
    """Return "169.2 °C · 6.9 s"."""
    parts = []
    if synthesis.injection_temperature_c is not None:
        parts.append(show(synthesis.injection_temperature_c, "degC", decimals=1))
    if synthesis.growth_s is not None:
        parts.append(show(synthesis.growth_s, "s", decimals=1))
    return " · ".join(parts) or synthesis.get_status_display()


def along(link: Link, closure: Closure) -> str:
    """Return what went along an edge: "0.2497 g", "14.94 of 14.94 ml", "round 2" or "not recorded"."""
    process, child = closure.processes.get(link.process_id), closure.samples.get(link.child_id)
    if process is None or child is None:
        return RESTRICTED
    if process.kind == ProcessKind.PRECIPITATION and process.round_number and child.kind == SampleKind.FRACTION:
        return f"round {process.round_number}"
    parent, line = closure.samples.get(link.parent_id), closure.line_of(link)
    if line is None:
        return NOT_RECORDED
    if process.kind in SHARING_KINDS and line.unit == child.unit:
        return share(child.made_amount, parent) if parent else amount_said(child.made_amount, child.unit)
    # The whole of a specimen's source is said where the vial stands.
    return used(line, None if child.kind in SPECIMEN_KINDS else parent)


def used(line: ProcessInput, parent: Sample | None) -> str:
    """Return the amount of an input, or what was planned while nothing was used yet."""
    if line.used_at is None:
        if line.planned_amount is None:
            return "planned"
        return f"{show_amount(line.planned_amount, line.unit)} planned"
    if parent is None or parent.kind == SampleKind.BOTTLE:
        return amount_said(line.amount, line.unit)
    return share(line.amount, parent)


def share(amount: Decimal | None, parent: Sample) -> str:
    """Return "0.70 of 2.80 ml", "50 µl of 0.70 ml" or "1 of 3 pieces"."""
    if amount is None:
        return NOT_RECORDED
    part = amount_said(amount, parent.unit)
    if parent.made_amount is None or parent.unit == "piece":
        return part
    whole = amount_said(parent.made_amount, parent.unit)
    unit = whole.partition("\u202f")[2]
    number, _, part_unit = part.partition("\u202f")
    return f"{number} of {whole}" if unit == part_unit else f"{part} of {whole}"


def amount_said(amount: Decimal | None, unit: str) -> str:
    """Return an amount in words: 0.70 ml, 0.2497 g, 3 pieces; an unknown one is "not recorded"."""
    if amount is None:
        return NOT_RECORDED
    if unit == "piece":
        return f"{show_number(amount)} {'piece' if amount == 1 else 'pieces'}"
    return show_amount(amount, unit)
