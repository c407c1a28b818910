"""Tables as LaTeX."""

import re

from analysis.publishing.as_latex import latex_of, symbol, text
from analysis.publishing.rounding import Number
from analysis.publishing.sheet import Cell, Column, TableSheet
from tests.analysis.publishing.sheets import empty, lifetimes

CELLS = re.compile(r"(?<!\\)&")


def body(written: str) -> list[list[str]]:
    """Return the cells of head and rows."""
    lines = [line.strip() for line in written.splitlines() if line.rstrip().endswith("\\\\") and "&" in line]
    return [[cell.strip() for cell in CELLS.split(line.removesuffix("\\\\"))] for line in lines]


def test_three_rules_of_booktabs_and_one_column_a_column() -> None:
    written = latex_of(lifetimes())

    assert [written.count(rf"\{rule}rule") for rule in ("top", "mid", "bottom")] == [1, 1, 1]
    assert r"\begin{tabular}{rrrl}" in written
    assert {len(row) for row in body(written)} == {4}


def test_what_is_begun_is_ended_and_braces_and_dollars_are_paired() -> None:
    written = latex_of(lifetimes())

    begun, ended = re.findall(r"\\begin{(\w+)}", written), re.findall(r"\\end{(\w+)}", written)
    plain = re.sub(r"\\[{}$%&#_]", "", written)
    assert sorted(begun) == sorted(ended)
    assert plain.count("{") == plain.count("}")
    assert all(line.count("$") % 2 == 0 for line in plain.splitlines())


def test_numbers_stand_in_mathematics() -> None:
    _, first, second = body(latex_of(lifetimes()))

    assert first[1] == r"$2.31 \pm 0.03$"
    assert second[1] == r"$-2.28^{+0.08}_{-0.12}$\textsuperscript{b}"
    assert second[2] == "--"


def test_heads_have_symbols_units_powers_and_marks() -> None:
    head, *_ = body(latex_of(lifetimes()))

    assert head[1] == r"$\tau_{1}$\textsuperscript{a} (ns)"
    assert head[2] == r"$A_{\mathrm{TE}}$ (10$^{-4}$ eV K$^{-1}$)"


def test_text_is_escaped() -> None:
    assert text("5 % of {all}_x & #1 ~^\\") == (
        r"5 \% of \{all\}\_x \& \#1 \textasciitilde{}\textasciicircum{}\textbackslash{}"
    )


def test_greek_letters_and_signs_of_a_text_go_to_mathematics() -> None:
    assert text("ħω − 5 °") == r"$\hbar\omega$ $-$ 5 $^{\circ}$"


def test_words_in_symbols_stand_and_letters_lean() -> None:
    assert symbol("FWHM") == r"$\mathrm{FWHM}$"
    assert symbol("E") == "$E$"


def test_an_open_interval_is_infinite() -> None:
    sheet = TableSheet("Open", (Column("e", "E", "E", "meV"),), ((Cell(Number(35.0, None, 31.0, float("inf"))),),))

    assert r"$35^{+\infty}_{-4}$" in latex_of(sheet)


def test_an_empty_table_is_still_one() -> None:
    written = latex_of(empty())

    assert r"\begin{tabular}{r}" in written
    assert "minipage" not in written
