"""What a row of the precipitation table says, and the round, stop or clean-up spin it becomes."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.models import Code
from labbook.quantities import Quantity, QuantityRange
from samples.kinds import Precision, ProcessKind, SampleKind, Unit
from samples.models import Equipment, Process, ProcessStatus, RecipeVersion, Sample, Synthesis
from samples.queries.deviations import recount_notable
from samples.services.graph import Made, make_process, make_sample, use
from samples.services.indexing import index_synthesis
from samples.services.ledger import lock_sample, recount_sample
from samples.services.treatments import treat
from samples.services.values import record_value

# Parts of nanocrystal solution to one part of methyl acetate, by volume, as the source gives it.
MEOAC_RATIO = Decimal(3)
# A plan is read off a pipette, so it is said to 0.1 ml.
PLAN_STEP_UL = Decimal(100)
PVDF_FILTER_UM = Decimal("0.22")
PVDF_FILTER = "0.22 µm PVDF"


@dataclass(frozen=True, slots=True)
class UseLine:
    """An amount of a bottle in µl, or of a gap that `description` names; null when it was not recorded."""

    amount_ul: Decimal | None
    sample: Sample | None = None
    description: str = ""
    as_written: str = ""
    planned_ul: Decimal | None = None
    recount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A planned and an actual value of a round."""

    key: str
    planned: QuantityRange | None = None
    actual: Quantity | None = None


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One precipitation round as it was done; volumes in µl.

    `in_ul` is the volume that was read in the tube, null for the book's. `fraction_ul` defaults to the
    hexane, `supernatant_ul` to what went in plus the MeOAc; both computed defaults ignore pellet and losses.
    """

    at: datetime
    meoac: UseLine
    hexane: UseLine
    in_ul: Decimal | None = None
    in_as_written: str = ""
    values: tuple[ValueLine, ...] = ()
    fraction_ul: Decimal | None = None
    supernatant_ul: Decimal | None = None
    look: str = ""
    fraction_code: str = ""
    precision: Precision = Precision.MINUTE
    solvent: str = "n-hexane"
    rotor: Equipment | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SpinRow:
    """A clean-up spin of a fraction, without more MeOAc: which phase was kept and which discarded, as done."""

    at: datetime
    phase_kept: str = ""
    phase_discarded: str = ""
    outcome: str = ""
    look: str = ""
    amount_after_ul: Decimal | None = None
    values: tuple[ValueLine, ...] = ()
    precision: Precision = Precision.MINUTE


@dataclass(frozen=True, slots=True)
class Round:
    """A round that was written: its process, its fraction and what is left for the next one."""

    number: int
    process: Process
    fraction: Sample
    supernatant: Sample
    # Filled by record_fractions: what was dispensed from the fraction.
    vials: list[Sample] = field(default_factory=list)


def planned_meoac_ul(in_ul: Decimal | None, ratio: Decimal = MEOAC_RATIO) -> Decimal | None:
    """Return the MeOAc for a volume at `ratio` parts to one, in µl to 0.1 ml; null for an unknown volume."""
    return (
        None if in_ul is None else (in_ul / ratio / PLAN_STEP_UL).quantize(Decimal(1), ROUND_HALF_EVEN) * PLAN_STEP_UL
    )


def record_round(
    journal: Journal,
    *,
    synthesis: Synthesis,
    round_number: int,
    source: Sample,
    row: RoundRow,
    operator: str,
    recipe: RecipeVersion | None = None,
) -> Round:
    """Write one round: the whole source and the two solvents go in, a fraction and the next supernatant come out.

    A volume that was read in the tube corrects the book of the source first. Raises Refusal at the field of
    the row: source, meoac, hexane, fraction_code or at.
    """
    if source.kind not in (SampleKind.CRUDE, SampleKind.SUPERNATANT):
        raise Refusal(f"{source.code} is a {source.get_kind_display()}; a round starts from crude or supernatant.")
    process = make_process(
        journal, kind=ProcessKind.PRECIPITATION, at=row.at, precision=row.precision, operator=operator,
        synthesis=synthesis, round_number=round_number, recipe=recipe, look=row.look[:200], note=row.note,
    )  # fmt: skip
    if row.rotor:
        process.equipment.add(row.rotor)
    in_ul = _use_whole(journal, process, source, row)
    for key, line in (("meoac", row.meoac), ("hexane", row.hexane)):
        use_solvent(journal, process=process, key=key, line=line)
    for value in row.values:
        record_value(journal, process=process, key=value.key, planned=value.planned, actual=value.actual)
    fraction = _make_fraction(journal, process, synthesis, round_number, row)
    supernatant = _make_supernatant(journal, process, synthesis, round_number, row, in_ul)
    recount_fractions(journal, synthesis=synthesis)
    return Round(round_number, process, fraction, supernatant)


def record_stop(
    journal: Journal,
    *,
    synthesis: Synthesis,
    round_number: int,
    at: datetime,
    reason: str,
    operator: str,
    precision: Precision = Precision.MINUTE,
) -> Process:
    """Write that no further round was made, when and why: a round without inputs and outputs."""
    if not reason.strip():
        raise Refusal("Say why you stopped, such as: no obvious precipitate.", field="stop_reason")
    process = make_process(
        journal, kind=ProcessKind.PRECIPITATION, at=at, precision=precision, operator=operator, synthesis=synthesis,
        round_number=round_number, outcome=reason.strip()[:200], purpose="stop",
    )  # fmt: skip
    before, synthesis.stop_reason = synthesis.stop_reason, reason.strip()[:200]
    synthesis.version += 1
    synthesis.save(update_fields=["stop_reason", "version"])
    journal.changed(synthesis, "stopped", {"stop_reason": (before, synthesis.stop_reason)})
    return process


def record_clean_up_spin(journal: Journal, *, fraction: Sample, spin: SpinRow, operator: str) -> Process:
    """Write a clean-up spin of a fraction in place, with the phase kept and the phase discarded."""
    process = treat(
        journal, sample=fraction, kind=ProcessKind.CLEAN_UP_SPIN, at=spin.at, precision=spin.precision,
        operator=operator, amount_after=spin.amount_after_ul, phase_kept=spin.phase_kept[:60],
        phase_discarded=spin.phase_discarded[:60], outcome=spin.outcome[:200], look=spin.look[:200],
    )  # fmt: skip
    for value in spin.values:
        record_value(journal, process=process, key=value.key, planned=value.planned, actual=value.actual)
    return process


def filter_fraction(
    journal: Journal, *, fraction: Sample, at: datetime, operator: str, precision: Precision = Precision.MINUTE
) -> Process:
    """Write that a fraction went through the 0.22 µm PVDF filter on its way into the vials."""
    process = treat(
        journal, sample=fraction, kind=ProcessKind.FILTERING, at=at, precision=precision, operator=operator,
        note=PVDF_FILTER,
    )  # fmt: skip
    record_value(journal, process=process, key="filter_pore_um", actual=Quantity(PVDF_FILTER_UM, None, "µm", "0.22 µm"))
    return process


def recount_fractions(journal: Journal, *, synthesis: Synthesis) -> None:
    """Bring the synthesis's count of fractions, its deviations and its search row up to date."""
    fractions = Sample.objects.filter(origin__synthesis=synthesis, kind=SampleKind.FRACTION)
    count = fractions.exclude(origin__status=ProcessStatus.ABORTED).count()
    before = synthesis.fraction_count
    if before != count:
        synthesis.fraction_count = count
        synthesis.version += 1
        synthesis.save(update_fields=["fraction_count", "version"])
        journal.changed(synthesis, "fractions recorded", {"fraction_count": (before, count)})
    recount_notable(synthesis)
    index_synthesis(synthesis)


def use_solvent(journal: Journal, *, process: Process, key: str, line: UseLine) -> None:
    """Use a solvent, from its bottle where one is named; a bottle counted by mass needs its density."""
    amount = line.amount_ul
    if line.sample is not None and line.sample.unit == Unit.MG and amount is not None:
        density = getattr(getattr(line.sample, "bottle", None), "density_g_per_ml", None)
        # 1 g/ml is 1 mg/µl.
        amount = amount * density if density else None
    try:
        use(
            journal, process=process, sample=line.sample, amount=amount, unit=Unit.UL, key=key, is_solvent=True,
            description=line.description or ("" if line.sample else f"{SOLVENTS[key]}, lot not recorded"),
            as_written=line.as_written, planned_amount=line.planned_ul, recount=line.recount,
        )  # fmt: skip
    except Refusal as refusal:
        raise Refusal(refusal.message, field=key, offer=refusal.offer) from refusal


SOLVENTS = {"meoac": "methyl acetate", "hexane": "n-hexane"}


def free_code(lab_id: int, stem: str, number: int) -> str:
    """Return stem and number, or the next number whose code was never given out."""
    taken = set(Code.objects.filter(lab_id=lab_id, code__startswith=stem).values_list("code", flat=True))
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def _use_whole(journal: Journal, process: Process, source: Sample, row: RoundRow) -> Decimal | None:
    """Empty the source into the round and return the volume that went in."""
    held = lock_sample(source)
    if row.in_ul is not None and row.in_ul != held.balance:
        recount_sample(
            journal, sample=held, counted=row.in_ul, at=row.at, by=process.operator, reason="volume read in the tube"
        )
    amount = row.in_ul if row.in_ul is not None else held.balance
    if amount == 0:
        raise Refusal(f"{held.code} is empty; there is nothing left to precipitate.", field="in_ml")
    use(journal, process=process, sample=held, amount=amount, key="source", as_written=row.in_as_written)
    return amount


def _make_fraction(journal: Journal, process: Process, synthesis: Synthesis, number: int, row: RoundRow) -> Sample:
    amount = row.fraction_ul if row.fraction_ul is not None else row.hexane.amount_ul
    made = Made(
        kind=SampleKind.FRACTION, code=row.fraction_code or free_code(journal.lab.pk, f"{synthesis.code}-F", number),
        unit=Unit.UL, amount=amount, solvent=row.solvent, look=row.look[:200],
        as_written=row.hexane.as_written if row.fraction_ul is None else "",
    )  # fmt: skip
    return make_sample(journal, process=process, made=made)


def _make_supernatant(
    journal: Journal, process: Process, synthesis: Synthesis, number: int, row: RoundRow, in_ul: Decimal | None
) -> Sample:
    """Make what was decanted: as read, else what went in and the MeOAc, ignoring pellet and losses."""
    amount = row.supernatant_ul
    if amount is None and in_ul is not None and row.meoac.amount_ul is not None:
        amount = in_ul + row.meoac.amount_ul
    made = Made(
        kind=SampleKind.SUPERNATANT, code=free_code(journal.lab.pk, f"{synthesis.code}-S", number), unit=Unit.UL,
        amount=amount,
    )  # fmt: skip
    return make_sample(journal, process=process, made=made)
