"""The pressure of a rung: what all its ruby fits that count mean together, before and after, chip by chip."""

import math
from collections import defaultdict
from collections.abc import Sequence

from analysis.models import Fit, Result, RungPressure
from measurements.models import Rung

RUBY, PRESSURE = "ruby", "pressure"
AFTER, BEFORE = "after", "before"


def renew_rung(rung: Rung) -> None:
    """Bring a rung's pressure up to date; without a ruby fit that counts it has none.

    Fits on different scales are not averaged: the scale of the newest counts, others are left out.
    """
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

    Each part (before, after, chip) counts once, by the mean of its looks; the drift is half of after minus before,
    and the error is the larger of what the fits and what drift and spread leave open.
    """
    values = [one.value for one in results if one.value is not None]
    mean = sum(values) / len(values)
    by_part: dict[str, list[float]] = defaultdict(list)
    for one in results:
        if one.fit.measurement and one.value is not None:
            by_part[one.fit.measurement.part].append(one.value)
    drift = None
    if by_part.get(BEFORE) and by_part.get(AFTER):
        first, last = (sum(by_part[part]) / len(by_part[part]) for part in (BEFORE, AFTER))
        drift, mean = (last - first) / 2, (first + last) / 2
    of_fits = math.sqrt(sum((one.stderr or 0.0) ** 2 for one in results)) / len(results)
    spread = math.sqrt(sum((one - mean) ** 2 for one in values) / (len(values) - 1)) if len(values) > 1 else None
    of_spread = spread / math.sqrt(len(values)) if spread is not None else 0.0
    return {
        "value_gpa": mean, "stderr_gpa": max(of_fits, of_spread), "drift_gpa": drift, "spread_std_gpa": spread
    }  # fmt: skip
