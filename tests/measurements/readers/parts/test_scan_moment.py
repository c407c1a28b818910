"""When a scan began: the orders of day and month that diffractometers write, and clocks that were never set."""

from datetime import datetime

import pytest

from measurements.readers.parts.scan_moment import scan_moment
from measurements.readers.recording import Zone


@pytest.mark.parametrize(
    ("written", "moment", "zone"),
    [
        ("03/04/10 20:59:14", "2010-03-04T20:59:14", Zone.NOT_STATED),
        ("12/05/2015 22:01:01", "2015-12-05T22:01:01", Zone.NOT_STATED),
        ("25/02/2015 22:01", "2015-02-25T22:01:00", Zone.NOT_STATED),
        ("04-Mar-2010 20:59:14", "2010-03-04T20:59:14", Zone.NOT_STATED),
        ("04-Mrz-98", "1998-03-04T00:00:00", Zone.NOT_STATED),
        ("FEB 25  2010 17:14:00.58", "2010-02-25T17:14:00", Zone.NOT_STATED),
        ("04.03.2010 08:59:14 PM", "2010-03-04T20:59:14", Zone.NOT_STATED),
        ("2010/03/04 20:59", "2010-03-04T20:59:00", Zone.NOT_STATED),
        ("2017-08-04T16:43:02.3459532+01:00", "2017-08-04T16:43:02.345953+01:00", Zone.STATED),
        ("2024-02-19T09:05:47Z", "2024-02-19T09:05:47+00:00", Zone.UTC),
        ("2024-02-19T09:05:47", "2024-02-19T09:05:47", Zone.NOT_STATED),
    ],
)
def test_dates_are_read_in_the_order_they_are_written(written: str, moment: str, zone: Zone) -> None:
    found, said = scan_moment(written)

    assert said == ()
    assert found is not None
    assert found.moment == datetime.fromisoformat(moment)
    assert found.zone == zone


@pytest.mark.parametrize("written", ["01/01/1601 00:00", "0001-01-01T00:00:00", "30-Feb-2010", "soon", "25:61"])
def test_dates_that_cannot_be_are_kept_as_text_and_said(written: str) -> None:
    found, said = scan_moment(written)

    assert found is not None
    assert found.moment is None
    assert found.as_written == written
    assert "kept as written" in str(said[0])


def test_no_text_is_no_moment() -> None:
    assert scan_moment("  ") == (None, ())
