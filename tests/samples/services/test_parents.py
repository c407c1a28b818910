"""A wrong parent is replaced with a reason: both ledgers tell it, and a circle is refused with the way round."""

from decimal import Decimal

import pytest

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, Revision, User
from labbook.services.projects import start_project
from samples.models import EntryKind, Process, ProcessInput, Sample
from samples.services.ledger import recount_sample
from samples.services.parents import replace_input
from tests.samples.lineage.story import Story, tell


@pytest.fixture
def story(lab: Lab, owner: User) -> Story:
    """The story of a film made of vial b."""
    return tell(lab, owner)


def line_of(story: Story, code: str) -> ProcessInput:
    """Return the first input of what made a sample."""
    return ProcessInput.objects.filter(process=story[code].origin).select_related("sample", "process__lab")[0]


def replace(story: Story, code: str, new: str, reason: str = "the label was misread") -> None:
    """Say that a sample was made of another one."""
    with journal_of(story.lab, by=story.by) as journal:
        replace_input(journal, line=line_of(story, code), new_sample=story[new], reason=reason, by="AV")


def test_the_old_parent_gets_its_amount_back_and_the_new_one_is_debited(story: Story) -> None:
    replace(story, "NC-024-F1-FL1", "NC-024-F1-a")
    assert story["NC-024-F1-b"].balance == Decimal(700)
    assert story["NC-024-F1-a"].balance == Decimal(650)
    last = story["NC-024-F1-b"].ledger.last()
    assert last is not None
    assert (last.kind, last.amount) == (EntryKind.CORRECTION, Decimal(50))


def test_the_history_keeps_both_parents_and_the_reason(story: Story) -> None:
    replace(story, "NC-024-F1-FL1", "NC-024-F1-a")
    told = Revision.objects.get(record_label="NC-024-F1-FL1", action="parent replaced")
    assert told.changes == {"made of": ["NC-024-F1-b", "NC-024-F1-a"]}
    assert told.reason == "the label was misread"


def test_a_circle_is_refused_with_the_way_round_and_writes_nothing(story: Story) -> None:
    with pytest.raises(Refusal, match=r"NC-024-C → NC-024-F1 → NC-024-F1-b") as refused:
        # The crude cannot have been made of its own vial.
        replace(story, "NC-024-C", "NC-024-F1-b")
    assert refused.value.field == "sample"
    assert story["NC-024-F1-b"].balance == Decimal(650)


def test_a_replacement_needs_a_reason(story: Story) -> None:
    with pytest.raises(Refusal) as refused:
        replace(story, "NC-024-F1-FL1", "NC-024-F1-a", reason=" ")
    assert refused.value.field == "reason"


def test_a_use_beyond_the_new_parents_balance_writes_nothing(story: Story) -> None:
    with journal_of(story.lab, by=story.by) as journal:
        recount_sample(
            journal, sample=story["NC-024-F1-a"], counted=Decimal(10), at=journal.at, by="AV", reason="poured away"
        )
    with pytest.raises(Refusal):
        replace(story, "NC-024-F1-FL1", "NC-024-F1-a")
    assert story["NC-024-F1-b"].balance == Decimal(650)
    assert line_of(story, "NC-024-F1-FL1").sample == story["NC-024-F1-b"]


def test_descendants_take_over_the_syntheses_of_the_new_parent(story: Story, lab: Lab, owner: User) -> None:
    other = tell(lab, owner, "025")
    story.samples["NC-025-F1-a"] = other["NC-025-F1-a"]
    replace(story, "NC-024-F1-FL1", "NC-025-F1-a")
    assert [one.code for one in story["NC-024-F1-FL1"].syntheses.all()] == ["NC-025"]


def test_the_old_parents_ledger_does_not_name_a_hidden_sample(story: Story) -> None:
    secret = start_project(lab=story.lab, name="Secret", is_restricted=True, by=story.by)
    process = story["NC-024-F1-FL1"].origin
    Process.objects.filter(pk=process.pk).update(project=secret)
    Sample.objects.filter(code="NC-024-F1-a").update(project=secret)

    replace(story, "NC-024-F1-FL1", "NC-024-F1-a")

    told = list(story["NC-024-F1-b"].ledger.values_list("reason", flat=True))
    told += Revision.objects.filter(project=None, record_label="NC-024-F1-b").values_list("reason", flat=True)
    assert "NC-024-F1-a" not in " ".join(told)
    assert "another sample was used: the label was misread" in told
