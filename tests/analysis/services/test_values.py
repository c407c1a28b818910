"""Values in force: one per sample, quantity and state; replicates are averaged, a chosen fit stands alone."""

import math

import pytest

from analysis.models import Fit, Result, ValueInForce
from analysis.services.values import choose_value, mean_of
from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, SearchFact, User
from tests.analysis.made import Line, ladder, measured
from tests.working import run_queued_jobs

pytestmark = pytest.mark.django_db


def two_replicates(lab: Lab, member: User) -> None:
    """Measure one film twice."""
    measured(lab, member, "NC-024-F2-FL1_PL_01.txt", Line(energy_ev=1.850, seed=1))
    measured(lab, member, "NC-024-F2-FL1_PL_02.txt", Line(energy_ev=1.852, seed=2))
    run_queued_jobs()


def test_replicates_are_averaged_with_their_number_and_spread(lab: Lab, member: User) -> None:
    two_replicates(lab, member)

    value = ValueInForce.objects.get(quantity="peak_energy")

    assert value.replicate_count == 2
    assert value.value == pytest.approx(1.851, abs=1e-3)
    assert value.between_std == pytest.approx(0.002 / math.sqrt(2), rel=0.3)
    assert value.stderr == pytest.approx((value.between_std or 0) / math.sqrt(2))


def test_one_fit_can_be_chosen_and_let_go_again(lab: Lab, member: User) -> None:
    two_replicates(lab, member)
    fit = Fit.objects.order_by("pk")[0]

    with journal_of(lab, by=member) as journal:
        chosen = choose_value(journal, ValueInForce.objects.get(quantity="peak_energy"), fit=fit)
    with journal_of(lab, by=member) as journal:
        free = choose_value(journal, ValueInForce.objects.get(quantity="peak_energy"), fit=None)

    assert (chosen.chosen, chosen.replicate_count) == (fit, 1)
    assert (free.chosen, free.replicate_count) == (None, 2)


def test_a_fit_of_another_state_cannot_be_chosen(lab: Lab, member: User) -> None:
    ladder(lab, member, {"0.13": 1.846, "0.4": 1.84})
    run_queued_jobs()
    low, high = ValueInForce.objects.filter(quantity="peak_energy").order_by("pressure_gpa")

    with pytest.raises(Refusal, match="does not count"), journal_of(lab, by=member) as journal:
        choose_value(journal, low, fit=high.results.get().fit)


def test_states_are_kept_apart(lab: Lab, member: User) -> None:
    ladder(lab, member, {"0.13": 1.846, "0.4": 1.84})

    run_queued_jobs()

    states = (
        ValueInForce.objects.filter(quantity="peak_energy").order_by("pressure_gpa").values_list("state", flat=True)
    )
    assert [one.split(",")[0] for one in states] == ["0.13 GPa", "0.4 GPa"]


def test_search_finds_a_sample_by_what_its_fits_say(lab: Lab, member: User) -> None:
    measured(lab, member, line=Line(fwhm_ev=0.080))

    run_queued_jobs()

    facts = SearchFact.objects.filter(key="fwhm", number__gt=75, number__lt=85)
    kinds = set(facts.values_list("row__record_type", "row__code"))
    assert ("sample", "NC-024-F2-FL1") in kinds
    assert ("sample", "NC-024-F2") in kinds
    assert any(record == "measurement" for record, _ in kinds)


def test_a_mean_of_one_keeps_its_own_error_and_no_spread() -> None:
    one = Result(name="fwhm", value=80.0, stderr=0.4)

    assert mean_of([one]) == {"value": 80.0, "stderr": 0.4, "between_std": None, "replicate_count": 1}
