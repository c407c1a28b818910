"""Trying a method without keeping it, and keeping what was tried; nothing is computed inside a transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.fitting_process import is_unfinished, outcome_aside
from analysis.methods.contract import Method, Outcome, SettingValue
from analysis.models import Fit
from analysis.services.assembling import assemble_measurement, assemble_series
from analysis.services.automatic import pass_on
from analysis.services.fitting import write_fit
from analysis.services.given import Assembly
from analysis.services.loading import work_of
from analysis.services.plots import keep_plots
from analysis.services.staleness import partners_of
from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import User

if TYPE_CHECKING:
    from measurements.models import Measurement

# What a person states besides settings: the roles whose measurements they chose.
PARTNERS = "partners"


def assembly_with(fit: Fit, method: Method, stated: Mapping[str, SettingValue]) -> Assembly:
    """Return what a fit would work on today with other settings, its partners and seed kept."""
    told = {**stated, **({PARTNERS: fit.stated[PARTNERS]} if PARTNERS in fit.stated else {})}
    if fit.series is not None:
        assembly = assemble_series(method, fit.series, stated=told)
    elif fit.measurement is not None:
        assembly = assemble_measurement(method, fit.measurement, stated=told, partners=partners_of(fit))
    else:
        raise ValueError("A fit is of a measurement or of a series.")
    return replace(assembly, seed=fit.seed)


def assembly_of_measurement(
    method: Method,
    measurement: "Measurement",
    stated: Mapping[str, SettingValue],
    partners: "Mapping[str, Sequence[Measurement]]",
) -> Assembly:
    """Return what a method would work on for a measurement and the partners that a person chose."""
    told = {**stated, **({PARTNERS: sorted(partners)} if partners else {})}
    return assemble_measurement(method, measurement, stated=told, partners=partners)


def tried(assembly: Assembly) -> Outcome:
    """Return what a method answers, computed in the process beside."""
    if assembly.missing:
        return Outcome(refused=assembly.missing)
    try:
        work = work_of(assembly)
    except FileNotFoundError:
        return Outcome(refused="The numbers of a curve are not in the file store; restore it from a backup.")
    return outcome_aside(assembly.method.name, work)


def keep(assembly: Assembly, outcome: Outcome, *, by: User, is_automatic: bool = False) -> Fit:
    """Write what was tried as a fit; the one before is superseded, and what rests on that one says so.

    Raises Refusal when the run was stopped: that says nothing of the data and is not kept.
    """
    if is_unfinished(outcome):
        raise Refusal(f"{outcome.refused} Nothing was kept; cut the data down, or let a worker fit the whole series.")
    plots = keep_plots(outcome.plots)
    with journal_of(assembly.lab, by=by) as journal:
        fit = write_fit(journal, assembly, outcome, plots, is_automatic=is_automatic)
    pass_on([fit], assembly.lab, by=by)
    return fit
