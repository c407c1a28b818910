"""A proposal joins sample, technique and rung, and is only as sure as its weakest part."""

from decimal import Decimal
from pathlib import Path, PurePosixPath

import pytest

from measurements.matching.codes import Known, book_of
from measurements.matching.evidence import Evidence, Piece, Surroundings
from measurements.matching.proposal import PRESELECTED, Proposal, confidence_word, propose
from tests.measurements.matching.bench import CODES, surroundings
from tests.measurements.matching.campaign import answers, known_codes


def proposed(evidence: Evidence, shared: str = "") -> Proposal:
    """Return the proposal in the small lab."""
    return propose(evidence, surroundings(shared))


def test_a_name_that_says_all_is_certain() -> None:
    found = proposed(Evidence("NC-024-F2-DAC1_PL_0.13GPa.txt", "DAC/NC-024-F2-DAC1", "PL"))

    assert CODES[found.sample_id or 0] == "NC-024-F2-DAC1"
    assert (found.technique, found.rung.pressure_gpa) == ("PL", Decimal("0.13"))
    assert confidence_word(found.confidence_percent) == "certain"


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (Evidence("NC-024-F2-DAC1_PL.txt", "", "PL"), "no pressure"),
        (Evidence("NC-024-F2-FL1_PL_0.13GPa.txt", "", "PL"), "is no load"),
        (Evidence("NC-024-F2-XF1_XRD.raw", "", "TRPL"), "the name says XRD, the file is TRPL"),
        (Evidence("NC-024-F2-XF1_XRD.raw", is_read=False), "nobody could read it"),
        (Evidence("NC-024-F2-FL1_PL.spc", "", "PL", reader="fluoressence"), "called spc, but read as fluoressence"),
        (Evidence("NC-024-F2-FL1.csv", "", "table"), "technique not known"),
        (Evidence("NC-024-F2-FL1_PL_copy.txt", "", "PL"), "calls itself a copy"),
        (Evidence("NC-024-F2-FL1_PL.txt", "", "PL", loud_caution="the file stops early"), "the file stops early"),
        (
            Evidence("NC-024-F2-FL1_PL_100K.txt", "", "PL", stated_temperature_k=Decimal(120)),
            "the name says 100 K, the file 120 K",
        ),
    ],
)
def test_what_speaks_against_a_line_keeps_it_from_being_ticked_and_is_said(evidence: Evidence, said: str) -> None:
    found = proposed(evidence)

    assert found.confidence_percent < PRESELECTED
    assert said in found.why


def test_a_temperature_in_the_file_fills_what_the_name_leaves_open() -> None:
    found = proposed(Evidence("NC-021-F3-FL1_PL.txt", "", "PL", stated="film NC-021-F3-FL1; T=140 K"))

    assert found.rung.temperature_k == Decimal(140)
    assert "temperature from the file" in found.why


def test_a_folder_names_the_technique_that_the_name_leaves_open() -> None:
    found = proposed(Evidence("NC-021-F3-FL1.txt", "PLQY", "PL"))

    assert found.technique == "PLQY"


def test_an_instrument_response_is_of_no_sample() -> None:
    found = proposed(Evidence("IRF_50ns.img", "TRPL", "TRPL"))

    assert (found.sample_id, found.reference_kind, found.technique) == (None, "IRF", "TRPL")
    assert found.confidence_percent >= PRESELECTED


def test_a_reference_that_only_the_comment_calls_so_waits() -> None:
    found = proposed(Evidence("PLQY scan 23.txt", "", "PL", stated="sphere empty; laser 405 nm"))

    assert (found.reference_kind, found.technique) == ("empty sphere", "PLQY")
    assert found.confidence_percent < PRESELECTED


def test_the_empty_sphere_of_a_set_stays_with_its_sample() -> None:
    found = proposed(Evidence("nc024f2b_14d_plqy_empty.txt", "", "PL", stated="sphere empty"))

    assert CODES[found.sample_id or 0] == "NC-024-F2-b"
    assert (found.reference_kind, found.rung.part) == ("", "empty")


def test_every_well_named_file_of_the_campaign_lands_and_the_others_wait(shared_data: Path) -> None:
    campaign = shared_data / "campaign"
    ids = {code: number for number, code in enumerate(known_codes(campaign), start=1)}
    pieces = {number: Piece(code, "-DAC" in code, frozenset({ids.get(code[:9], 0)})) for code, number in ids.items()}
    around = Surroundings(book_of(Known(code, (number,)) for code, number in ids.items()), pieces)
    wrong, waiting = [], []
    good = {one.file for one in answers(campaign) if one.is_good}

    for answer in answers(campaign):
        path = PurePosixPath(answer.file)
        found = propose(Evidence(path.name, str(path.parent), answer.read_technique, answer.is_read), around)
        if found.confidence_percent < PRESELECTED:
            waiting.append(answer.file)
        elif not answer.fits(around.code_of(found.sample_id), found):
            wrong.append((answer.file, found))

    assert wrong == []
    assert [file for file in waiting if file in good and "unsorted" not in file] == []
