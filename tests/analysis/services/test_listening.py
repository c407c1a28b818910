"""What changes on the floor below: fits lie where their measurements lie, and what waited is analysed."""

import pytest

from analysis.methods.table import METHODS
from analysis.models import Fit, MethodChoice, ValueInForce
from analysis.services.choices import state_choice
from analysis.services.indexing import KEYS
from labbook.journal import journal_of
from labbook.models import Lab, Project, User
from labbook.services.versions import version_token
from measurements.services.measurements import edit_measurement
from samples.services.indexing import ANALYSED_KEYS
from tests.analysis.made import measured
from tests.working import run_queued_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(lab: Lab, member: User) -> Project:
    """A restricted project of the member."""
    project = Project.objects.create(lab=lab, name="Secret", slug="secret", is_restricted=True)
    project.members.add(member)
    return project


def test_a_fit_follows_its_measurement_into_a_hidden_project(
    lab: Lab, member: User, guest: User, secret: Project
) -> None:
    measurement = measured(lab, member)
    run_queued_jobs()
    measurement.refresh_from_db()

    edit_measurement(record=measurement, changes={"project": secret}, token=version_token(measurement), by=member)

    assert not Fit.objects.visible_to(guest).exists()
    assert not ValueInForce.objects.visible_to(guest).exists()
    assert Fit.objects.visible_to(member).count() == 1


def test_superseded_fits_follow_too(lab: Lab, member: User, guest: User, secret: Project) -> None:
    measurement = measured(lab, member)
    run_queued_jobs()
    Fit.objects.update(is_current=False)
    measurement.refresh_from_db()

    edit_measurement(record=measurement, changes={"project": secret}, token=version_token(measurement), by=member)

    assert not Fit.objects.visible_to(guest).exists()


def test_what_was_refused_runs_again_when_the_lab_states_more(lab: Lab, member: User) -> None:
    measured(lab, member)
    run_queued_jobs()
    Fit.objects.update(state="refused", refused="State the shape: shape.", work_key="0" * 64)
    MethodChoice.objects.filter(lab=lab, method="pl_peak").delete()

    with journal_of(lab, by=member) as journal:
        state_choice(journal, METHODS["pl_peak"], settings={"shape": "gaussian"}, is_automatic=True)
    run_queued_jobs()

    assert Fit.objects.current().get().used["shape"] == "gaussian"


def test_every_word_of_a_quantity_is_kept_when_a_sample_is_indexed_anew() -> None:
    assert set(KEYS) <= set(ANALYSED_KEYS)
