"""The pages of a sample cost at most twelve queries, with three relatives or with three hundred."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from labbook.journal import journal_of
from labbook.models import Lab, User
from labbook.services.codes import take_tag
from samples.kinds import ProcessKind, SampleKind, Unit
from samples.models import Sample, SampleSize
from samples.services.names import give_alias
from samples.services.treatments import treat
from tests.samples.lineage.story import START, Story, tell

MOST_QUERIES = 12
PAGES = (
    "/s/NC-024-F1-FL1",
    "/s/NC-024-F1-b",
    "/s/NC-024-F1",
    "/s/NC-024-C",
    "/s/NC-024-F1/lineage/?depth=all&view=graph",
    "/s/NC-024-F1/lineage/?depth=all&view=tree",
    "/s/NC-024-F1/lineage/?depth=all&view=table",
    "/s/NC-024-F1/lineage/?direction=down&solvents=1",
    "/s/NC-024-F1/recall/",
    "/s/NC-024-F1-FL1/statement/",
)


@pytest.fixture
def story(lab: Lab, owner: User) -> Story:
    """The story of a film."""
    return tell(lab, owner)


@pytest.fixture
def reader(client: Client, owner: User, story: Story) -> Client:
    """A browser in which a member is signed in and has seen a page today."""
    client.force_login(owner)
    client.get("/s/NC-024-F1")
    return client


def cost(reader: Client, address: str) -> int:
    """Return how many queries a page takes, the person's session, account and labs among them."""
    with CaptureQueriesContext(connection) as counted:
        assert reader.get(address).status_code == 200
    return len(counted)


def add_vials(story: Story, count: int) -> None:
    """Give the fraction many more vials."""
    fraction, one = story["NC-024-F1"], story["NC-024-F1-a"]
    Sample.objects.bulk_create(
        Sample(
            lab=story.lab, code=f"NC-024-F1-x{number}", tag=take_tag(), kind=SampleKind.VIAL, origin=one.origin,
            fraction=fraction, unit=Unit.UL, made_amount=1, balance=1, made_at=one.made_at,
        )
        for number in range(count)
    )  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_page_costs_at_most_twelve_queries_with_three_relatives_and_with_three_hundred(
    story: Story, reader: Client, address: str
) -> None:
    before = cost(reader, address)
    add_vials(story, 300)

    # A lineage too big to draw needs one less: the amounts of the drawing.
    assert cost(reader, address) <= before <= MOST_QUERIES


def test_a_vial_with_everything_that_can_be_told_of_it_costs_no_more(story: Story, reader: Client) -> None:
    vial = story["NC-024-F1-b"]
    with journal_of(story.lab, by=story.by) as journal:
        give_alias(journal, sample=vial, text="green one")
        give_alias(journal, sample=vial, text="a second name")
        treat(journal, sample=vial, kind=ProcessKind.CLEAN_UP_SPIN, at=START + timedelta(days=3))
        size = SampleSize(sample=vial, origin="assigned", edge_length_nm=Decimal(9), at=START, is_in_force=False)
        size.save()

    with CaptureQueriesContext(connection) as counted:
        page = reader.get("/s/NC-024-F1-b").content.decode()

    assert len(counted) <= MOST_QUERIES
    assert "a second name, green one" in page
    assert "amount not looked at" in page
    assert "class assigned by a person" in page
    assert "NC-024-F1-FL1" in page
