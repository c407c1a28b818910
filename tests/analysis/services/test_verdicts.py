"""Verdicts: a person's word decides what counts, with a reason, and never on a fit that was superseded."""

import pytest

from analysis.models import Fit, ValueInForce, Verdict
from analysis.services.verdicts import accept_fit, reject_fit, withdraw_verdict
from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, Revision, User
from tests.analysis.made import Line, measured
from tests.working import run_queued_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def fit(lab: Lab, member: User) -> Fit:
    """A fit that nobody has judged."""
    measured(lab, member)
    run_queued_jobs()
    return Fit.objects.get()


def test_a_rejected_fit_no_longer_counts(lab: Lab, member: User, fit: Fit) -> None:
    with journal_of(lab, by=member) as journal:
        reject_fit(journal, fit, reason="the film was scratched")

    assert not ValueInForce.objects.exists()
    assert Fit.objects.counting().count() == 0


def test_rejecting_needs_a_reason(lab: Lab, member: User, fit: Fit) -> None:
    with pytest.raises(Refusal, match="what is wrong"), journal_of(lab, by=member) as journal:
        reject_fit(journal, fit, reason=" ")

    assert Fit.objects.counting().count() == 1


def test_a_grave_flag_keeps_a_fit_out_until_it_is_accepted_with_a_reason(lab: Lab, member: User, fit: Fit) -> None:
    Fit.objects.update(is_grave=True)
    fit.refresh_from_db()
    before = Fit.objects.counting().count()

    with pytest.raises(Refusal, match="in spite"), journal_of(lab, by=member) as journal:
        accept_fit(journal, fit)
    with journal_of(lab, by=member) as journal:
        accept_fit(journal, fit, reason="the shoulder is the substrate")

    assert before == 0
    assert Fit.objects.counting().count() == 1


def test_a_refused_fit_cannot_be_accepted(lab: Lab, member: User) -> None:
    measured(lab, member, line=Line(height_counts=0))
    run_queued_jobs()

    with pytest.raises(Refusal, match="no number"), journal_of(lab, by=member) as journal:
        accept_fit(journal, Fit.objects.get(), reason="surely")


def test_a_superseded_fit_cannot_be_judged(lab: Lab, member: User, fit: Fit) -> None:
    Fit.objects.update(is_current=False)

    with pytest.raises(Refusal, match="newer fit"), journal_of(lab, by=member) as journal:
        reject_fit(journal, fit, reason="old")


def test_a_verdict_is_withdrawn_and_the_history_knows_all_of_it(lab: Lab, member: User, fit: Fit) -> None:
    with journal_of(lab, by=member) as journal:
        reject_fit(journal, fit, reason="scratched")
    with journal_of(lab, by=member) as journal:
        withdraw_verdict(journal, fit)

    fit.refresh_from_db()
    actions = Revision.objects.filter(record_type="fit").order_by("sequence").values_list("action", flat=True)
    assert fit.verdict == Verdict.NONE
    assert list(actions) == ["created", "rejected", "verdict withdrawn"]
    assert ValueInForce.objects.filter(quantity="peak_energy").count() == 1
