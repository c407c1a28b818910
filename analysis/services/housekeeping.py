"""What workers do for fits once an hour: those of an older version of a method say that they are stale."""

from analysis.methods.table import METHODS
from analysis.models import Fit
from analysis.services.staleness import mark_stale
from labbook.journal import journal_of
from labbook.models import Lab


def keep_fits() -> None:
    """Mark the fits of older versions of methods, lab by lab."""
    for lab in Lab.objects.order_by("pk"):
        for method in METHODS.values():
            older = Fit.objects.current().filter(
                lab=lab, method=method.name, method_version__lt=method.version, stale_because=""
            )
            if not older.exists():
                continue
            with journal_of(lab, by=None, reason="a newer method") as journal:
                mark_stale(journal, list(older), f"{method.title} has version {method.version} now.")
