"""Sizes that TEM measured: what the particles of a grid say becomes the measured size of its fraction."""

from collections.abc import Iterable
from decimal import Decimal

from analysis.models import Fit, Result
from labbook.journal import Journal
from labbook.models import Membership
from samples.models import Sample, SampleSize
from samples.services.sizes import record_size, withdraw_measured_size

# Lists that a person measured; what a program found in a picture is never mixed with them.
SIZES = "particle_sizes"
EDGE, SPREAD = "edge_length", "edge_length_std"
PLACES = Decimal("0.001")


def measure_sizes(journal: Journal, fits: Iterable[Fit]) -> None:
    """Let the measured size of each fraction follow the newest counting list of its grids; without one it has none."""
    wholes = {whole.pk: whole for fit in fits if fit.sample is not None and (whole := whole_of(fit.sample))}
    for whole in wholes.values():
        fit = newest_list(whole)
        if fit is None:
            withdraw_measured_size(journal, sample=whole)
        else:
            measure(journal, whole, fit)


def whole_of(sample: Sample) -> Sample:
    """Return the fraction that a piece is of, or the sample itself."""
    return sample.fraction or sample


def newest_list(whole: Sample) -> Fit | None:
    """Return the newest list of particle sizes that counts, of a fraction or of its pieces."""
    counting = Fit.objects.counting().filter(method=SIZES, measurement__is_void=False)
    own, of_pieces = counting.filter(sample=whole), counting.filter(sample__fraction=whole)
    return (own | of_pieces).order_by("-pk").first()


def measure(journal: Journal, whole: Sample, fit: Fit) -> None:
    """Record the size a list says, unless that very size is in force already."""
    told = {one.name: one.value for one in Result.objects.filter(fit=fit, name__in=(EDGE, SPREAD))}
    edge = told.get(EDGE)
    if edge is None:
        return
    spread = told.get(SPREAD)
    edge_length_nm = Decimal(str(edge)).quantize(PLACES)
    edge_length_std_nm = None if spread is None else Decimal(str(spread)).quantize(PLACES)
    known = whole.sizes.filter(
        is_in_force=True, origin=SampleSize.Origin.MEASURED, edge_length_nm=edge_length_nm,
        edge_length_std_nm=edge_length_std_nm,
    )  # fmt: skip
    if known.exists():
        return
    count = fit.statistics.get("n")
    record_size(
        journal, sample=whole, origin=SampleSize.Origin.MEASURED, edge_length_nm=edge_length_nm, at=journal.at,
        by=initials_of(journal), edge_length_std_nm=edge_length_std_nm,
        particle_count=int(count) if isinstance(count, int) else None, as_written=f"fit {fit.pk}",
    )  # fmt: skip


def initials_of(journal: Journal) -> str:
    """Return the initials of who wrote the fit."""
    members = Membership.objects.filter(lab=journal.lab, user=journal.by)
    return members.values_list("initials", flat=True).first() or ""
