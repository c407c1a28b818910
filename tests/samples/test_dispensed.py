"""A fraction that was filled into vials is no empty fraction."""

import pytest
from django.test import Client

from labbook.models import Lab, User
from samples.models import Sample
from samples.queries.dispensed import dispensed_into, with_vial_counts
from tests.samples.lineage.story import Story, tell


@pytest.fixture
def story(lab: Lab, owner: User) -> Story:
    """The story of a film: a fraction filled into three vials."""
    return tell(lab, owner)


def test_a_filled_fraction_says_into_how_many_vials_and_a_vial_says_nothing(story: Story) -> None:
    told = {sample.code: dispensed_into(sample) for sample in with_vial_counts(Sample.objects.all())}

    assert story["NC-024-F1"].status == "empty"
    assert (told["NC-024-F1"], told["NC-024-F1-a"], told["NC-024-C"]) == (3, 0, 0)


def test_a_fraction_that_still_holds_something_is_not_dispensed(story: Story) -> None:
    Sample.objects.filter(code="NC-024-F1").update(status="in use")

    assert dispensed_into(with_vial_counts(Sample.objects.all()).get(code="NC-024-F1")) == 0


@pytest.mark.parametrize("address", ["/samples/?q=kind:fraction", "/s/NC-024-F1"])
def test_list_and_page_say_dispensed_and_the_number_of_vials(
    story: Story, client: Client, owner: User, address: str
) -> None:
    client.force_login(owner)
    page = client.get(address).content.decode()

    assert "dispensed</span>" in page
    assert "in 3 vials" in page
    assert "empty</span>" not in page
