"""The pressure of a rung: what all its ruby fits that count mean together, before and after, chip by chip."""

import math
from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean, stdev

from analysis.models import Fit, Result, RungPressure
from analysis.services.holding import hold_rung
from measurements.models import Rung

RUBY, PRESSURE = "ruby", "pressure"
AFTER, BEFORE = "after", "before"


def renew_rung(rung: Rung) -> None:
    """Bring a rung's pressure up to date; without a ruby fit that counts it has none.

    Fits on different scales are not averaged: the scale of the newest counts, others are left out.
    """
    hold_rung(rung)
    fits = list(Fit.objects.counting().filter(measurement__rung=rung, method=RUBY, measurement__is_void=False))
    scales = [str(fit.used.get("scale") or "") for fit in sorted(fits, key=lambda one: one.pk)]
    kept = [fit for fit in fits if scales and str(fit.used.get("scale") or "") == scales[-1]]
    found = Result.objects.filter(fit__in=kept, name=PRESSURE, value__isnull=False)
    results = list(found.select_related("fit__measurement"))
    if not results:
        RungPressure.objects.filter(rung=rung).delete()
        return
    held, _ = RungPressure.objects.update_or_create(
        rung=rung, defaults={**combined(results), "scale": scales[-1] or "not stated"}
    )
    held.fits.set([one.fit for one in results])


def combined(results: Sequence[Result]) -> dict[str, float | None]:
    """Return mean, standard error, drift and spread of ruby pressures.

    Each chip counts once, by the mean of before and after; the drift is half of after minus before, the spread is
    between chips. The error is the larger of what the fits and what all looks together leave open.
    """
    by_chip: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for one in results:
        if one.fit.measurement and one.value is not None:
            by_chip[one.fit.measurement.spot][one.fit.measurement.part].append(one.value)
    chips = [{part: fmean(values) for part, values in parts.items()} for parts in by_chip.values()]
    means = [fmean(parts.values()) for parts in chips]
    drifts = [(parts[AFTER] - parts[BEFORE]) / 2 for parts in chips if BEFORE in parts and AFTER in parts]
    looks = [one.value for one in results if one.value is not None]
    of_fits = math.sqrt(sum((one.stderr or 0.0) ** 2 for one in results)) / len(results)
    of_looks = stdev(looks) / math.sqrt(len(looks)) if len(looks) > 1 else 0.0
    return {
        "value_gpa": fmean(means), "stderr_gpa": max(of_fits, of_looks),
        "drift_gpa": fmean(drifts) if drifts else None, "spread_std_gpa": stdev(means) if len(means) > 1 else None,
    }  # fmt: skip
