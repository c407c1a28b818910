"""Sizes: a list of particles gives its fraction a measured size, which goes when the fit is rejected."""

import pytest

from analysis.models import Fit
from analysis.services.verdicts import reject_fit
from labbook.journal import journal_of
from labbook.models import Lab, User
from samples.models import Sample, SampleSize
from tests.analysis.made import assigned, take_in
from tests.measurements.inboxes import make_samples
from tests.working import run_queued_jobs

pytestmark = pytest.mark.django_db
EDGES = "edge_nm\n" + "".join(f"{8.5 + 0.1 * (index % 11):.2f}\n" for index in range(44))


@pytest.fixture
def fraction(lab: Lab, member: User) -> Sample:
    """A fraction of whose grid 44 edges were measured."""
    make_samples(lab, member)
    assigned(take_in(lab, member, {"NC-024-F2-TG1_TEM_edges.csv": EDGES.encode()}), member)
    run_queued_jobs()
    return Sample.objects.get(lab=lab, code="NC-024-F2")


def test_a_list_of_edges_gives_the_fraction_its_measured_size(fraction: Sample) -> None:
    size = SampleSize.objects.get(sample=fraction, is_in_force=True)

    assert size.origin == SampleSize.Origin.MEASURED
    assert float(size.edge_length_nm) == pytest.approx(9.0, abs=0.01)
    assert size.particle_count == 44


def test_a_rejected_list_takes_its_size_along(lab: Lab, member: User, fraction: Sample) -> None:
    with journal_of(lab, by=member) as journal:
        reject_fit(journal, Fit.objects.get(method="particle_sizes"), reason="the wrong scale bar")

    assert not SampleSize.objects.filter(sample=fraction, is_in_force=True).exists()
