"""Bottles are received and precursors prepared from them, each in one transaction."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, Revision, User
from labbook.quantities import Quantity
from samples.kinds import SampleKind, Unit
from samples.models import Place, Process, Recipe, RecipeVersion, Sample, SampleStatus
from samples.services.furnishing import furnish_lab
from samples.services.precursors import InputLine, StepLine, ValueLine, prepare
from samples.services.stock import receive_bottle

OPENED = datetime(2026, 1, 10, tzinfo=UTC)
PREPARED = datetime(2026, 2, 16, 7, 30, tzinfo=UTC)


def receive(lab: Lab, by: User, short: str, amount: Decimal, unit: Unit, **facts: object) -> Sample:
    """Receive a bottle of a chemical."""
    with journal_of(lab, by=by) as journal:
        return receive_bottle(
            journal,
            chemical=f"chemical {short}",
            short=short,
            amount=amount,
            unit=unit,
            at=OPENED,
            **facts,  # type: ignore[arg-type]
        )


@pytest.fixture
def recipe(lab: Lab, owner: User) -> RecipeVersion:
    furnish_lab(lab, owner)
    return RecipeVersion.objects.get(recipe__lab=lab, recipe__slug="cs-oleate")
