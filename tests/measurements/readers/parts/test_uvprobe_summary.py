"""UVProbe's text of everything: what begins as one, and a moment whose day may be two."""

import pytest

from measurements.readers.parts.text import Text
from measurements.readers.parts.uvprobe_summary import is_summary, summarised


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        (("[SUMMARY]", "Software Name:\tUVProbe"), True),
        (("[SUMMARY]", "Software Name:\tOther"), False),
        (("Software Name:\tUVProbe",), False),
        ((), False),
    ],
)
def test_only_uvprobes_summary_begins_as_one(lines: tuple[str, ...], known: bool) -> None:
    assert is_summary(lines) is known


def test_a_day_that_may_be_two_gives_no_moment_and_is_said() -> None:
    lines = ("[SUMMARY]", "Date/Time:\t3/2/2018 10:00:00", "[DATA]", "Wavelength\tData", "300.0\t1.5", "302.0\t1.6")

    recording = summarised(Text(lines, "utf-8"))

    assert recording.measured is not None
    assert recording.measured.moment is None
    assert any("may have the day or the month first" in str(said) for said in recording.cautions)
