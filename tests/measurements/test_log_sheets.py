"""A log sheet's names find their sample and rung again, and the inbox reads its table back."""

import pytest

from labbook.errors import Refusal
from labbook.models import Lab, User
from measurements.forms.instruments_log_sheet import rungs_of
from measurements.log_sheets import guarded, log_lines, name_of, table_of
from measurements.matching.rungs import Rung, rung_in, said
from measurements.matching.techniques import technique_in, words_in
from measurements.models import InboxRow, RowState
from measurements.services.inbox_editing import Editor
from measurements.services.inbox_filling import paste_log
from measurements.services.proposing import propose_for
from measurements.techniques import Along, Technique
from tests.measurements.inboxes import Read, arrive, make_batch, make_samples

LOAD = "NC-024-F2-DAC1"


def test_a_name_is_the_one_that_the_inbox_suggests() -> None:
    (rung,) = rungs_of("1.27", "GPa")

    assert name_of("NC-024-F2", rung, Technique.PL) == "NC-024-F2_PL_1.27GPa_01.txt"


@pytest.mark.parametrize("technique", [one for one in Technique if one != Technique.TABLE])
def test_every_techniques_name_is_read_back_as_that_technique(technique: Technique) -> None:
    name = name_of(LOAD, Rung(), technique)

    assert technique_in(words_in(name.removeprefix(LOAD))) == technique


@pytest.mark.parametrize(
    ("ladder", "unit", "expected"),
    [
        ("0,0.13,1.27", "GPa", ["0 GPa", "0.13 GPa", "1.27 GPa"]),
        ("0, 0.13, 0.4 release", "GPa", ["0 GPa", "0.13 GPa", "0.4 GPa release"]),
        ("0,13; 1,27", "GPa", ["0.13 GPa", "1.27 GPa"]),
        ("300,280,260", "K", ["300 K", "280 K", "260 K"]),
        ("80 K, 1.27 GPa", "d", ["80 K", "1.27 GPa"]),
        ("", "GPa", []),
    ],
)
def test_a_ladder_is_read_rung_by_rung(ladder: str, unit: str, expected: list[str]) -> None:
    assert [said(one) for one in rungs_of(ladder, unit)] == expected


def test_what_is_no_rung_is_named() -> None:
    with pytest.raises(Refusal, match="tea"):
        rungs_of("0.13, tea", "GPa")


def test_every_rung_and_repeat_has_a_name_that_says_it() -> None:
    lines = log_lines([LOAD], rungs_of("0.13, 0.4 release", "GPa"), Technique.TRPL, repeats=2)

    assert [one.file for one in lines] == [
        f"{LOAD}_TRPL_0.13GPa_01.img", f"{LOAD}_TRPL_0.13GPa_02.img", f"{LOAD}_TRPL_0.4GPa_release_01.img",
        f"{LOAD}_TRPL_0.4GPa_release_02.img",
    ]  # fmt: skip
    found = rung_in(lines[3].file.removeprefix(LOAD).removesuffix(".img").replace("_", " ")).rung
    assert said(found) == lines[3].rung == "0.4 GPa release #2"


def test_the_inbox_reads_the_filled_table_back(lab: Lab, member: User) -> None:
    samples = make_samples(lab, member)
    batch = make_batch(lab, member)
    lines = log_lines([LOAD], rungs_of("0.13, 1.85", "GPa"), Technique.TRPL)
    table = table_of(lines, Along.PRESSURE).replace("TRPL\t\t\t\r\n", "TRPL\t2\t14:05\tlaser hopped\r\n")
    # Saved under the sheet's names, with another ending, in a folder that says nothing.
    names = [arrive(batch, line.file.replace(".img", ".dat"), Read(technique="spectrum"), content=line.file)
             for line in lines]  # fmt: skip
    propose_for(batch, names)
    InboxRow.objects.update(sample=None, pressure_gpa=None, technique="")

    filled = paste_log(batch, table, Editor("LM", lambda code: samples[code]))

    assert (filled.count, filled.problems) == (2, ())
    rows = InboxRow.objects.filter(batch=batch, state=RowState.WAITING).order_by("pressure_gpa")
    assert [(one.sample, f"{one.pressure_gpa:f}", one.technique, one.spot) for one in rows] == [
        (samples[LOAD], "0.1300", "TRPL", "spot 2"), (samples[LOAD], "1.8500", "TRPL", "spot 2"),
    ]  # fmt: skip


def test_no_cell_is_taken_for_a_formula() -> None:
    assert [guarded(one) for one in ("=1+1", "-5", "@a", "0.13 GPa")] == ["'=1+1", "'-5", "'@a", "0.13 GPa"]
