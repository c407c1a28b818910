"""Cells of tables: which fits speak for a row, their numbers with errors, and the sentences below."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from analysis.methods.table import METHODS
from analysis.models import Fit, Result, Verdict
from analysis.publishing.ready import ReadyTable
from analysis.publishing.rounding import Number, printed
from analysis.publishing.sheet import Cell, Column, Notes
from analysis.quantities import QUANTITIES
from analysis.services.values import mean_of


def methods_telling(quantities: Iterable[str]) -> list[str]:
    """Return the methods that can tell any of some quantities."""
    wanted = set(quantities)
    return [name for name, method in METHODS.items() if wanted & set(method.results)]


def columns_of(ready: ReadyTable, quantities: Sequence[str]) -> list[Column]:
    """Return the columns of a table's quantities, in the order of the ready table."""
    chosen = [QUANTITIES[name] for name in ready.offered if name in quantities and name in QUANTITIES]
    return [Column(one.name, one.label, one.symbol, one.unit, ready.power_of(one.name)) for one in chosen]


def speaking(fits: Sequence[Fit], quantities: Iterable[str]) -> list[Fit]:
    """Return the fits that speak for a row: of one method, the one that tells most, then the newest.

    Two methods on the same data are no replicates; several fits of one method are.
    """
    wanted = set(quantities)
    by_method: dict[str, list[Fit]] = defaultdict(list)
    for fit in fits:
        by_method[fit.method].append(fit)
    told = {name: max(len(wanted & names_of(fit)) for fit in several) for name, several in by_method.items()}
    best = max(told, key=lambda name: (told[name], max(fit.pk for fit in by_method[name])), default="")
    return [fit for fit in by_method.get(best, []) if wanted & names_of(fit)]


def names_of(fit: Fit) -> set[str]:
    """Return the quantities a fit has a number for."""
    return {one.name for one in fit.results.all() if one.value is not None}


def cell_of(fits: Sequence[Fit], quantity: str, notes: Notes) -> Cell:
    """Return the number of a quantity that some fits tell together; replicates are averaged, and that is said."""
    pairs = [(fit, one) for fit in fits for one in fit.results.all() if one.name == quantity and one.value is not None]
    if not pairs:
        return Cell()
    first, marks = pairs[0][0], tuple(notes.mark(text) for text in said_of([result for _, result in pairs]))
    return Cell(
        number_of([result for _, result in pairs]),
        fit_id=first.pk,
        is_stale=any(fit.stale_because for fit, _ in pairs),
        is_flagged=any(fit.flags for fit, _ in pairs),
        marks=marks,
    )


def number_of(results: Sequence[Result]) -> Number:
    """Return one result with its error or interval, or the mean of several."""
    if len(results) == 1:
        one = results[0]
        return Number(one.value, one.stderr, one.low, one.high)
    mean = mean_of(results)
    return Number(mean["value"], mean["stderr"])


def said_of(results: Sequence[Result]) -> list[str]:
    """Return what is to be said of results: how many they are the mean of, and the note of a single one."""
    if len(results) > 1:
        return [f"Mean of {len(results)} measurements; the error is the larger of theirs and of their spread."]
    return [results[0].note] if results[0].note else []


def said_of_row(fits: Sequence[Fit]) -> list[str]:
    """Return what is to be said of a row's fits: choices made, flags, why one was accepted or is stale."""
    said = [sentence for fit in fits for sentence in choices_of(fit)]
    said += [flag["text"] for fit in fits for flag in fit.flags]
    said += [f"Accepted: {one.verdict_reason}" for one in fits if one.verdict == Verdict.ACCEPTED and one.is_grave]
    said += [f"Stale: {one.stale_because}" for one in fits if one.stale_because]
    return list(dict.fromkeys(said))


def choices_of(fit: Fit) -> list[str]:
    """Return the choices of a fit without which its numbers cannot be compared."""
    said = []
    if normalisation := fit.statistics.get("normalisation"):
        said.append(f"Amplitudes: {normalisation}.")
    phonon_mev = fit.used.get("phonon_energy_mev")
    if isinstance(phonon_mev, int | float):
        stderr_mev = fit.used.get("phonon_energy_stderr_mev")
        shown = printed(Number(phonon_mev, stderr_mev if isinstance(stderr_mev, int | float) else None))
        said.append(f"ħω = {shown} meV, fixed from the FWHM fit.")
    return said


def marks_of_rows(said: Sequence[Sequence[str]], notes: Notes) -> list[tuple[str, ...]]:
    """Return the marks of each row; what is said of every row is said once, of the whole table."""
    common = [one for one in said[0] if all(one in row for row in said)] if len(said) > 1 else []
    notes.whole.extend(common)
    return [tuple(notes.mark(one) for one in row if one not in common) for row in said]


def why_empty(fits: Sequence[Fit], counting: Sequence[Fit]) -> str:
    """Return why a row has no number: what was refused, or what waits for a person; nothing for one that has."""
    if counting:
        return ""
    refused = next((one.refused for one in fits if one.refused), "")
    if refused:
        return f"Not analysed: {refused}"
    if any(one.verdict == Verdict.REJECTED for one in fits):
        return "The fit was rejected."
    return "The fit waits for a person to look at its flags."
