"""The sample comes from the first source that names one, and contradictions are said."""

import pytest

from measurements.matching.evidence import Evidence
from measurements.matching.samples import sample_of
from tests.measurements.matching.bench import CODES, IDS, surroundings


def matched(evidence: Evidence, shared: str = "", loads: tuple[str, ...] = ()) -> tuple[str, int, str]:
    """Return the code, how sure, and why."""
    found = sample_of(evidence, surroundings(shared, loads))
    return CODES.get(found.sample_id or 0, ""), found.most_percent, "; ".join(found.why)


@pytest.mark.parametrize(
    ("evidence", "shared", "loads", "code", "percent"),
    [
        (Evidence("NC-024-F2-FL1_PL.txt"), "", (), "NC-024-F2-FL1", 96),
        (Evidence("scan 3.txt", "Tseries/NC-024-F2-FL1"), "", (), "NC-024-F2-FL1", 84),
        (Evidence("scan 3.txt"), "NC-024-F2-DAC1", (), "NC-024-F2-DAC1", 85),
        (Evidence("scan 3.txt", stated="film NC-024-F2-FL1"), "", (), "NC-024-F2-FL1", 62),
        (Evidence("scan 3.txt"), "", ("NC-024-F2-DAC1",), "NC-024-F2-DAC1", 60),
        (Evidence("scan 3.txt"), "", (), "", 10),
        (Evidence("NC-024-F2_PL.txt"), "NC-024-F2-DAC1", (), "NC-024-F2-DAC1", 85),
        (Evidence("NC-024-F2-b_60d_PL.txt", "storage/NC-024-F2"), "", (), "NC-024-F2-b", 96),
    ],
)
def test_name_then_folder_then_batch_then_session(
    evidence: Evidence, shared: str, loads: tuple[str, ...], code: str, percent: int
) -> None:
    assert matched(evidence, shared, loads)[:2] == (code, percent)


def test_two_codes_in_a_name_are_candidates_and_no_guess() -> None:
    found = sample_of(Evidence("NC-024 or 027 PL.txt"), surroundings())

    assert found.sample_id is None
    assert {IDS["NC-024-F2"], IDS["NC-027-F2"]} <= set(found.candidates)


def test_a_batch_chooses_between_two_codes_of_a_name() -> None:
    code, percent, why = matched(Evidence("NC-024 or 027 PL.txt"), shared="NC-027-F2-d")

    assert (code, percent) == ("NC-027-F2-d", 85)
    assert "NC-024 or NC-027" in why


@pytest.mark.parametrize(
    ("evidence", "shared", "said"),
    [
        (Evidence("NC-024-F2-b_PL.txt", "NC-027-F2-d"), "", "but the folder says NC-027-F2-d"),
        (Evidence("NC-024-F2-b_PL.txt", stated="NC-021-F3-FL1"), "", "but the file itself says NC-021-F3-FL1"),
        (Evidence("NC-024-F2-b_PL.txt"), "NC-027-F2-d", "but the batch is about NC-027-F2-d"),
    ],
)
def test_whatever_names_another_sample_lowers_the_confidence_and_is_said(
    evidence: Evidence, shared: str, said: str
) -> None:
    code, percent, why = matched(evidence, shared)

    assert (code, percent) == ("NC-024-F2-b", 50)
    assert said in why
