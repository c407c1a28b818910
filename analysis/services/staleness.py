"""Staleness: a fit whose inputs, settings, reader or method changed says so, and everything that rests on it too."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Q

from analysis.methods.table import METHODS
from analysis.models import Fit, FitInput, InputKind
from analysis.services.assembling import assemble_measurement, assemble_series
from analysis.services.borrowing import borrowers_beside
from analysis.services.combining import assemble_again, is_combined
from analysis.services.given import Assembly
from labbook.journal import Journal
from measurements.models import Measurement

LONGEST = 300


def assembly_of(fit: Fit) -> Assembly | None:
    """Return what a fit would work on today; none when its method is gone."""
    method = METHODS.get(fit.method)
    if method is None:
        return None
    if is_combined(fit, method):
        return replace(assemble_again(fit, method), seed=fit.seed)
    if fit.series is not None:
        return replace(assemble_series(method, fit.series, stated=fit.stated), seed=fit.seed)
    if fit.measurement is None:
        return None
    partners = partners_of(fit)
    return replace(assemble_measurement(method, fit.measurement, stated=fit.stated, partners=partners), seed=fit.seed)


def partners_of(fit: Fit) -> dict[str, list[Measurement]]:
    """Return the measurements a person chose for a fit's inputs besides its own; what was found is found anew."""
    found: dict[str, list[Measurement]] = {}
    chosen = set(fit.stated.get("partners", ())) if isinstance(fit.stated.get("partners"), list) else set()
    for one in fit.inputs.filter(kind=InputKind.CURVE, role__in=chosen).select_related("measurement__instrument"):
        if one.measurement is not None:
            found.setdefault(one.role, []).append(one.measurement)
    return found


def why_stale(fit: Fit, assembly: Assembly | None) -> str:
    """Return why a fit no longer says what a run today would say; empty when it does."""
    if assembly is None:
        return f"There is no method {fit.method} any more."
    if assembly.key == fit.work_key:
        return ""
    if assembly.method.version != fit.method_version:
        return f"{assembly.method.title} has version {assembly.method.version} now."
    before = {(one.role, one.sha256): one for one in fit.inputs.all()}
    now = {(one.role, one.sha256): one for one in assembly.given}
    changed = sorted({role for role, _ in before.keys() ^ now.keys()})
    if changed:
        return f"Changed since: {', '.join(one.replace('_', ' ') for one in changed)}."
    settings = sorted(
        name
        for name in fit.used
        if str(assembly.settings.get(name, fit.used[name])) != str(fit.used[name]) and fit.used[name] is not None
    )
    return f"Changed since: {', '.join(settings) or 'what its measurement states'}."


def check_fits(journal: Journal, fits: Iterable[Fit]) -> list[Fit]:
    """Mark those fits stale that today's records no longer lead to, and what rests on them; return all marked."""
    stale = []
    for fit in sorted(fits, key=lambda one: one.pk):
        because = why_stale(fit, assembly_of(fit))
        if because and not fit.stale_because:
            stale += mark_stale(journal, [fit], because)
        elif not because and fit.stale_because:
            freshen(journal, fit)
    return stale


def is_out_of_step(fit: Fit) -> bool:
    """Say whether a fit is marked stale and is not, or is stale and not marked."""
    return bool(why_stale(fit, assembly_of(fit))) != bool(fit.stale_because)


def mark_stale(journal: Journal, fits: Sequence[Fit], because: str) -> list[Fit]:
    """Mark fits stale, and every fit that takes their results, however far."""
    marked: list[Fit] = []
    waiting = list(fits)
    while waiting:
        fit = waiting.pop()
        as_it_is_now(fit)
        if fit.stale_because or not fit.is_current:
            continue
        fit.stale_because = because[:LONGEST]
        fit.version += 1
        fit.save(update_fields=["stale_because", "version"])
        journal.changed(fit, "gone stale", {"stale_because": ("", because)})
        marked.append(fit)
        waiting += list(Fit.objects.current().filter(inputs__source=fit, stale_because="").distinct())
        because = f"Rests on {fit.method.replace('_', ' ')} {fit.pk}, which is stale."
    return marked


def freshen(journal: Journal, fit: Fit) -> None:
    """Take the mark away from a fit that today's records lead to again."""
    as_it_is_now(fit)
    if not fit.stale_because:
        return
    before, fit.stale_because = fit.stale_because, ""
    fit.version += 1
    fit.save(update_fields=["stale_because", "version"])
    journal.changed(fit, "fresh again", {"stale_because": (before, "")})


def as_it_is_now(fit: Fit) -> None:
    """Lock a fit and read its mark anew: another worker may have set it meanwhile."""
    now = Fit.objects.select_for_update(no_key=True)
    fit.refresh_from_db(fields=["stale_because", "is_current", "version"], from_queryset=now)


def dependents_of(fits: Sequence[Fit]) -> list[Fit]:
    """Return the current fits that take results of these or could, or whose ladder they stand on."""
    ids = [one.pk for one in fits]
    replaced = Fit.objects.filter(superseded_by__in=ids).values("pk")
    resting = FitInput.objects.filter(Q(source__in=ids) | Q(source__in=replaced)).values("fit")
    on_ladders = Fit.objects.filter(pk__in=ids, measurement__rung__isnull=False)
    beside = borrowers_beside([one.measurement_id for one in fits if one.measurement_id is not None])
    wanted = Q(pk__in=resting) | Q(series__in=on_ladders.values("measurement__rung__series")) | beside
    related = ("measurement__rung__series", "measurement__instrument", "series", "lab")
    return list(Fit.objects.current().filter(wanted).select_related(*related).order_by("pk"))
