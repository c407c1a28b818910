"""The order of work: whatever is analysed first, and whatever happens meanwhile, the same fits are there at the end."""

from collections.abc import Callable
from decimal import Decimal
from itertools import permutations

import pytest

from analysis.models import Fit, FitState, RungPressure
from analysis.services import fitting
from analysis.services.given import Assembly
from labbook.models import Job, Lab, Project, User
from labbook.services.versions import version_token
from measurements.models import Measurement
from measurements.services.measurements import edit_measurement
from tests.analysis.made import assigned, measured, take_in
from tests.analysis.made_rubies import asked, rubies, sphere_parts
from tests.measurements.inboxes import make_samples
from tests.working import run_queued_jobs

pytestmark = pytest.mark.django_db


def analysed_in_order(lab: Lab, by: User, measurements: list[Measurement]) -> None:
    """Analyse measurements one job after the other, and nothing else."""
    Job.objects.all().delete()
    for one in measurements:
        asked(lab, by, one)
        run_queued_jobs()


def pressures() -> list[float]:
    """Return the pressures of all rungs."""
    return [round(one.value_gpa, 2) for one in RungPressure.objects.order_by("rung__nominal")]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """A function that lets something happen while the next fit is computed."""

    def set_up(act: Callable[[], object]) -> None:
        compute, waiting = fitting.outcome_of, [act]

        def outcome_of(assembly: Assembly) -> object:
            outcome = compute(assembly)
            if waiting:
                waiting.pop()()
            return outcome

        monkeypatch.setattr(fitting, "outcome_of", outcome_of)

    return set_up


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_rubies_end_with_their_pressures_in_any_order(lab: Lab, member: User, order: tuple[int, ...]) -> None:
    measurements = rubies(lab, member, "0", "0.4", "1.2")

    analysed_in_order(lab, member, [measurements[place] for place in order])

    assert pressures() == pytest.approx([0.0, 0.4, 1.2], abs=0.03)
    assert Fit.objects.current().count() == 4
    assert not Fit.objects.current().exclude(state=FitState.DONE, stale_because="").exists()


def test_a_ruby_computed_while_its_lambda0_is_written_has_a_pressure(
    lab: Lab, member: User, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    ambient, pressed = rubies(lab, member, "0", "0.4")
    Job.objects.all().delete()

    def other_worker() -> None:
        asked(lab, member, ambient)
        run_queued_jobs()

    asked(lab, member, pressed)
    meanwhile(other_worker)
    run_queued_jobs()

    assert pressures() == pytest.approx([0.0, 0.4], abs=0.03)
    assert Fit.objects.current().filter(measurement=pressed).count() == 1


def test_a_second_ruby_without_pressure_moves_what_was_measured_from_the_first(lab: Lab, member: User) -> None:
    first, pressed, second = rubies(lab, member, "0 before", "0.4", "0 after")

    analysed_in_order(lab, member, [first, pressed, second])

    fit = Fit.objects.current().get(measurement=pressed)
    assert fit.inputs.filter(role="lambda0_nm").count() == 2
    assert fit.stale_because == ""


@pytest.mark.parametrize("order", list(permutations(("empty", "indirect", "direct"))))
def test_parts_of_a_sphere_end_in_one_fit_in_any_order(lab: Lab, member: User, order: tuple[str, ...]) -> None:
    make_samples(lab, member)
    parts = sphere_parts(lab, member)

    for role in order:
        assigned(take_in(lab, member, {f"NC-024-F2-FL1_PLQY_{role}.txt": parts[role]}), member)
        run_queued_jobs()

    fit = Fit.objects.current().get()
    assert (fit.method, fit.refused) == ("plqy", "")
    assert {one.role for one in fit.inputs.all()} >= {"empty", "indirect", "direct"}


def test_a_condition_changed_while_it_is_computed_is_in_the_fit(
    lab: Lab, member: User, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    measurement = measured(lab, member)

    def person() -> None:
        now = Measurement.objects.get(pk=measurement.pk)
        changes = {"excitation_wavelength_nm": Decimal(405)}
        edit_measurement(record=now, changes=changes, token=version_token(now), by=member)

    meanwhile(person)
    run_queued_jobs()

    fit = Fit.objects.current().get()
    assert fit.stale_because == ""
    assert fit.used["laser_nm"] == 405.0


def test_a_measurement_that_moves_into_a_project_while_it_is_computed_takes_its_fit_along(
    lab: Lab, member: User, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    measurement = measured(lab, member)
    project = Project.objects.create(lab=lab, name="Pressure", slug="pressure")

    def person() -> None:
        now = Measurement.objects.get(pk=measurement.pk)
        edit_measurement(record=now, changes={"project": project}, token=version_token(now), by=member)

    meanwhile(person)
    run_queued_jobs()

    assert Fit.objects.current().get().project == project
