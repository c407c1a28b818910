"""An age is as precise as the moment of its measurement."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from measurements.services.committing_moments import age_days
from samples.kinds import Precision

MADE = datetime(2026, 10, 7, 15, 0, tzinfo=ZoneInfo("Europe/Rome"))


@pytest.mark.parametrize(
    ("hours", "precision", "days"),
    [(45, Precision.SECOND, "1.875"), (45, Precision.DAY, "2"), (0, Precision.SECOND, "0"), (30, Precision.DAY, "1")],
)
def test_a_moment_known_to_the_day_gives_whole_days(hours: int, precision: str, days: str) -> None:
    assert age_days(MADE + timedelta(hours=hours), MADE, precision) == Decimal(days)


def test_a_measurement_before_its_sample_was_made_has_no_age() -> None:
    assert age_days(MADE - timedelta(minutes=1), MADE, Precision.SECOND) is None
    assert age_days(None, MADE, Precision.SECOND) is None
