"""The injection itself: stamps, the growth time between them, what was used, and the crude it made."""

from datetime import datetime
from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.quantities import Quantity
from labbook.services.editing import locked
from samples.kinds import Precision
from samples.models import Process, Sample, Synthesis, SynthesisStatus
from samples.services.crude import make_crude, unmake_crude
from samples.services.indexing import index_synthesis
from samples.services.injection_inputs import UsedAmount, return_input, use_line, use_planned_inputs
from samples.services.planning import injection_of, start_synthesis
from samples.services.values import follow_up, record_value, write_growth

# Moments that are stamped, in the order in which they happen, and the words for them.
MOMENTS = {"injected": "injected", "turned_red": "turned red", "ice_bath": "ice bath"}


def stamp(journal: Journal, *, synthesis: Synthesis, moment: str, at: datetime) -> list[Refusal]:
    """Write a moment of a running synthesis to the microsecond; returns what could not be debited with it.

    The injection debits its inputs. A stamp is never lost to the book: an input that goes beyond its balance
    stays open, with the offer to recount it. The ice bath computes the growth time and makes the crude.
    """
    held = locked(synthesis)
    _check_stamp(journal, held, moment, at)
    setattr(held, f"{moment}_at", at)
    _save_moment(journal, held, moment, None, at)
    open_inputs = use_planned_inputs(journal, synthesis=held, at=at) if moment == "injected" else []
    if moment != "turned_red":
        write_growth(journal, synthesis=held, process=injection_of(held))
    if moment == "ice_bath":
        make_crude(journal, synthesis=held)
    return open_inputs


def undo_stamp(journal: Journal, *, synthesis: Synthesis, moment: str) -> None:
    """Take a stamp back with what followed from it: debits return as corrections, the crude is planned again.

    Raises Refusal while a later moment is stamped, or once the crude was used.
    """
    held = locked(synthesis)
    before = getattr(held, f"{_known(moment)}_at")
    if before is None:
        return
    later = list(MOMENTS)[list(MOMENTS).index(moment) + 1 :]
    if any(getattr(held, f"{name}_at") for name in later):
        raise Refusal("Take back the later stamp first.", field=moment)
    if moment == "ice_bath":
        unmake_crude(journal, held)
    setattr(held, f"{moment}_at", None)
    _save_moment(journal, held, moment, before, None)
    process = injection_of(held)
    if moment == "injected":
        for line in process.inputs.filter(used_at__isnull=False).select_related("sample"):
            return_input(journal, line=line, reason="the injection stamp was taken back")
    if moment != "turned_red":
        write_growth(journal, synthesis=held, process=process)


def record_injection(
    journal: Journal,
    *,
    synthesis: Synthesis,
    injected_at: datetime,
    precision: Precision = Precision.SECOND,
    ice_bath_at: datetime | None = None,
    turned_red_at: datetime | None = None,
    temperature: Quantity | None = None,
    growth: Quantity | None = None,
    used: dict[str, UsedAmount] | None = None,
    crude_ul: Decimal | None = None,
    crude_as_written: str = "",
    look: str = "",
) -> Sample:
    """Write a whole injection afterwards and return its crude, NC-024-C.

    `used` gives the actual amounts by input key (cs_batch, pb_batch); `growth` is for when a stamp is missing.
    With `precision` day only the day of the injection is kept, and no moment is stamped.
    Raises Refusal with the offer of a recount when an input goes beyond its book balance.
    """
    synthesis = locked(synthesis)
    if synthesis.status == SynthesisStatus.PLANNED:
        synthesis = start_synthesis(journal, synthesis=synthesis, at=injected_at)
    process = injection_of(synthesis)
    date_process(process, injected_at, precision)
    stamped = None if precision == Precision.DAY else injected_at
    for name, at in zip(MOMENTS, (stamped, turned_red_at, ice_bath_at), strict=True):
        if at is not None:
            _check_stamp(journal, synthesis, name, at)
            setattr(synthesis, f"{name}_at", at)
            _save_moment(journal, synthesis, name, None, at)
    for line in process.inputs.filter(used_at__isnull=True).select_related("sample"):
        use_line(journal, line, synthesis=synthesis, at=injected_at, given=(used or {}).get(line.key))
    for key, actual in (("injection_temperature_c", temperature), ("growth_s", None if ice_bath_at else growth)):
        if actual is not None:
            record_value(journal, process=process, key=key, actual=actual)
    if ice_bath_at is not None:
        write_growth(journal, synthesis=synthesis, process=process)
    synthesis.look = look[:200] or synthesis.look
    synthesis.save(update_fields=["look"])
    follow_up(journal, process=process)
    return make_crude(journal, synthesis=synthesis, crude_ul=crude_ul, as_written=crude_as_written)


def date_process(process: Process, at: datetime, precision: Precision) -> None:
    """Write when an injection was done, no more precise than it is known."""
    process.started_at, process.started_at_precision = at, precision
    process.save(update_fields=["started_at", "started_at_precision"])


def _known(moment: str) -> str:
    if moment not in MOMENTS:
        raise Refusal(f"“{moment[:30]}” is not a moment that is stamped.", field="moment")
    return moment


def _check_stamp(journal: Journal, synthesis: Synthesis, moment: str, at: datetime) -> None:
    _known(moment)
    if synthesis.status != SynthesisStatus.RUNNING:
        raise Refusal(f"{synthesis.code} is {synthesis.get_status_display()}; only a running synthesis is stamped.")
    if getattr(synthesis, f"{moment}_at"):
        raise Refusal(f"“{MOMENTS[moment]}” is already stamped. Take that stamp back first.", field=moment)
    if journal.is_future(at):
        raise Refusal("This moment lies in the future.", field=moment)
    if moment == "injected":
        return
    if synthesis.injected_at is None:
        raise Refusal("Stamp the injection first.", field=moment)
    if at < synthesis.injected_at:
        raise Refusal(f"“{MOMENTS[moment]}” lies before the injection.", field=moment)


def _save_moment(
    journal: Journal, synthesis: Synthesis, moment: str, before: datetime | None, after: datetime | None
) -> None:
    synthesis.version += 1
    synthesis.save(update_fields=[f"{moment}_at", "version"])
    words = f"stamped {MOMENTS[moment]}" if after else f"stamp taken back: {MOMENTS[moment]}"
    journal.changed(synthesis, words, {f"{moment}_at": (before, after)})
    index_synthesis(synthesis)
