"""What rates are computed from: the lifetimes of a decay, and the quantum yields of its fraction that a person sees."""

from analysis.models import Fit, Result
from labbook.models import User
from samples.models import Sample

LIFETIMES = ("tau_amplitude", "tau_intensity", "tau_1e")
MOST_YIELDS = 30


def lifetimes_of(fit: Fit) -> list[Result]:
    """Return the lifetimes a fit tells, if its numbers count."""
    if not fit.counts:
        return []
    return list(fit.results.filter(name__in=LIFETIMES, value__isnull=False).select_related("fit__sample"))


def yields_beside(fit: Fit, user: User) -> list[Result]:
    """Return the quantum yields that count of a fit's sample, its fraction and the pieces of that, newest first."""
    sample = fit.sample
    if sample is None:
        return []
    whole = sample.fraction_id or sample.pk
    samples = Sample.objects.visible_to(user).filter(lab=fit.lab)
    seen = Fit.objects.visible_to(user).counting().filter(sample__in=samples, measurement__is_void=False)
    own, of_pieces = seen.filter(sample__in=[sample.pk, whole]), seen.filter(sample__fraction=whole)
    found = Result.objects.filter(fit__in=own | of_pieces, name="plqy", value__isnull=False)
    return list(found.select_related("fit__sample", "fit__measurement__rung").order_by("-fit_id")[:MOST_YIELDS])
