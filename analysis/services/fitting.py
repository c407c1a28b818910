"""Fits: a method is run outside any transaction, then its fit is written and supersedes the one before."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from analysis.models import Fit, FitInput, FitState, Result
from analysis.services.given import Assembly, Given
from analysis.services.holding import held
from analysis.services.loading import work_of
from analysis.services.plots import keep_plots
from analysis.services.staleness import assembly_of, check_fits
from analysis.services.values import bring_up_to_date
from labbook.journal import Journal, journal_of
from labbook.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from analysis.methods.contract import Outcome

LIBRARIES = ("numpy", "scipy")
# Of flags, as far as they fit beside a fit.
MOST_FLAGS = 40
# How often a run is begun again because people change what it rests on.
MOST_TRIES = 3


def analyse(assembly: Assembly, *, by: User, is_automatic: bool = False) -> Fit:
    """Run a method on what was assembled and write its fit; the same work that was done already is returned as it is.

    What the method cannot do is written too, as a refused fit that says why. When somebody changed what it rests
    on while it was computed, it is run again on what there is now.
    """
    for _ in range(MOST_TRIES):
        done = Fit.objects.current().filter(lab=assembly.lab, work_key=assembly.key).first()
        if done is not None and not done.stale_because:
            return done
        outcome = outcome_of(assembly)
        plots_key, plots = keep_plots(outcome.plots)
        with journal_of(assembly.lab, by=by) as journal:
            fit = write_fit(journal, assembly, outcome, (plots_key, plots), is_automatic=is_automatic)
        now = assembly_of(fit) if fit.stale_because else None
        if now is None:
            break
        assembly = now
    return fit


def outcome_of(assembly: Assembly) -> "Outcome":
    """Return what the method answers; what is missing is a refusal like any other."""
    from analysis.methods.contract import Outcome
    from analysis.methods.running import run_method

    if assembly.missing:
        return Outcome(refused=assembly.missing)
    try:
        work = work_of(assembly)
    except FileNotFoundError:
        return Outcome(refused="The numbers of a curve are not in the file store; restore it from a backup.")
    return run_method(assembly.method.name, work)


def write_fit(
    journal: Journal, assembly: Assembly, outcome: "Outcome", kept_plots: tuple[str, list[dict[str, Any]]], *,
    is_automatic: bool = False,
) -> Fit:  # fmt: skip
    """Write a fit with its inputs and results; the older fit of the same method and subject is superseded.

    Whoever comes second with the same work finds it done: the subject's row is locked. A fit of something that was
    changed while it was computed is stale from the start.
    """
    now = held(assembly)
    older = list(same_subject(assembly))
    done = next((one for one in older if one.work_key == assembly.key and not one.stale_because), None)
    if done is not None:
        return done
    Fit.objects.filter(pk__in=[one.pk for one in older]).update(is_current=False)
    fit = fit_of(journal, now, outcome, kept_plots)
    fit.is_automatic = is_automatic
    fit.save()
    FitInput.objects.bulk_create(inputs_of(fit, assembly.given))
    Result.objects.bulk_create(results_of(fit, outcome))
    Fit.objects.filter(pk__in=[one.pk for one in older]).update(superseded_by=fit)
    journal.created(
        fit, method=fit.method, sample=fit.sample, measurement=fit.measurement, series=fit.series,
        supersedes=older[0] if older else None, refused=fit.refused[:200],
    )  # fmt: skip
    if now is not assembly:
        fit = Fit.objects.get(pk=fit.pk)
        check_fits(journal, [fit])
    bring_up_to_date(journal, [fit, *older])
    return fit


def same_subject(assembly: Assembly) -> "QuerySet[Fit]":
    """Return the current fits of the same method and subject; what is of no one record stays inside its project."""
    fits = Fit.objects.current().filter(lab=assembly.lab, method=assembly.method.name)
    if assembly.measurement is None and assembly.series is None:
        inside = {"project": assembly.project} if assembly.project else {"project__isnull": True}
        fits = fits.filter(**inside)
    return fits.filter(measurement=assembly.measurement, series=assembly.series).order_by("-pk")


def fit_of(
    journal: Journal, assembly: Assembly, outcome: "Outcome", kept_plots: tuple[str, list[dict[str, Any]]]
) -> Fit:
    """Return the row of a fit."""
    key, plots = kept_plots
    flags = [asdict(one) for one in outcome.flags][:MOST_FLAGS]
    return Fit(
        lab=journal.lab, project=assembly.project, created_by=journal.by, method=assembly.method.name,
        method_version=assembly.method.version, sample=assembly.sample, measurement=assembly.measurement,
        series=assembly.series, state=FitState.REFUSED if outcome.refused else FitState.DONE,
        refused=outcome.refused, says=outcome.says, stated=dict(assembly.stated), used=used_settings(assembly),
        seed=assembly.seed, statistics=plain(outcome.statistics), flags=flags,
        is_grave=any(one.is_grave for one in outcome.flags),
        parameters=plain([asdict(one) for one in outcome.parameters]), covariance=plain(outcome.covariance),
        alternatives=plain([asdict(one) for one in outcome.alternatives]), plots=plain(plots),
        tables=plain([asdict(one) for one in outcome.tables]), plots_key=key,
        versions=versions_of(assembly), work_key=assembly.key, compute_s=round(outcome.seconds, 4),
    )  # fmt: skip


def used_settings(assembly: Assembly) -> dict[str, Any]:
    """Return every setting as the run used it, defaults included."""
    stated = assembly.settings
    return {one.name: plain(stated.get(one.name, one.default)) for one in assembly.method.settings}


def versions_of(assembly: Assembly) -> dict[str, str]:
    """Return what computed a fit."""
    readers = {
        f"{one.curve.recording.reader} {one.curve.recording.reader_version}" for one in assembly.given if one.curve
    }
    return {"method": str(assembly.method.version), "readers": ", ".join(sorted(readers)), **libraries()}


@cache
def libraries() -> dict[str, str]:
    """Return the versions of the libraries that fits are computed with."""
    return {name: version(name) for name in LIBRARIES}


def inputs_of(fit: Fit, given: Sequence[Given]) -> list[FitInput]:
    """Return the rows of what a fit rests on."""
    return [
        FitInput(
            fit=fit, position=position, role=one.role, kind=one.kind, measurement=one.measurement, curve=one.curve,
            row=one.row, source=one.source, calibration=one.calibration, sha256=one.sha256, said=one.said[:120],
            raw_sha256=one.curve.recording.raw_file.sha256 if one.curve else "",
            reader=f"{one.curve.recording.reader} {one.curve.recording.reader_version}" if one.curve else "",
        )
        for position, one in enumerate(given)
    ]  # fmt: skip


def results_of(fit: Fit, outcome: "Outcome") -> list[Result]:
    """Return the rows of what a fit tells; a number that is none is not stored as zero."""
    return [
        Result(
            fit=fit, position=position, name=one.name, value=finite(one.value), stderr=finite(one.stderr),
            low=finite(one.low), high=finite(one.high), unit=one.unit, note=one.note[:300],
        )
        for position, one in enumerate(outcome.results)
    ]  # fmt: skip


def finite(value: float | None) -> float | None:
    """Return a number, or nothing for one that is not finite."""
    return float(value) if value is not None and math.isfinite(value) else None


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it: arrays as lists, what is not finite as null."""
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float):
        return finite(value)
    return value


def analyse_again(fit: Fit, assembly: Assembly, *, by: User) -> Fit:
    """Run a fit's method again on what there is now, with what a person had stated for it."""
    return analyse(replace(assembly, seed=fit.seed), by=by, is_automatic=fit.is_automatic)
