"""Codes are found in names whatever their case and separators are."""

import pytest

from measurements.matching.codes import codes_in, possible_codes
from tests.measurements.matching.bench import surroundings

BOOK = surroundings().book


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("NC-024-F2-FL1_PL_280K", "NC-024-F2-FL1"),
        ("nc024f2fl1_pl_280k", "NC-024-F2-FL1"),
        ("NC.024.F2.FL1.PL.220K", "NC-024-F2-FL1"),
        ("NC 024 F2 DAC1 ruby 0GPa after", "NC-024-F2-DAC1"),
        ("NC 027 F2 d 14d PLQY direct", "NC-027-F2-d"),
        ("nc024f2b_14d_plqy_empty", "NC-024-F2-b"),
        ("NC-024-F2 PL", "NC-024-F2"),
        ("NC024F2PL280K", "NC-024-F2"),
        ("Red film of March, PL", "red film of March"),
    ],
)
def test_a_code_is_found_however_it_is_written(name: str, code: str) -> None:
    assert [hit.known.code for hit in codes_in(name, BOOK)] == [code]


def test_the_longest_code_wins_over_the_codes_inside_it() -> None:
    hits = codes_in("NC-024-F2-DAC1_TRPL", BOOK)

    assert [hit.known.code for hit in hits] == ["NC-024-F2-DAC1"]


def test_two_numbers_beside_each_other_are_not_one_number() -> None:
    hits = codes_in("NC-024-F2 1.27GPa", BOOK)

    assert [hit.known.code for hit in hits] == ["NC-024-F2"]


def test_a_number_after_or_is_another_code_of_the_same_letters() -> None:
    hits = codes_in("NC-024 or 027 PL", BOOK)

    assert {hit.known.code for hit in hits} == {"NC-024", "NC-027"}


@pytest.mark.parametrize("name", ["New Text Document", "PL scan 005", "IRF_50ns", "SYNC-024-F2", "NC-999-F9", ""])
def test_a_name_without_a_code_gives_none(name: str) -> None:
    assert codes_in(name, BOOK) == []


def test_the_database_is_asked_for_every_stretch_that_could_be_a_code() -> None:
    asked = possible_codes("NC-024-F2_PL_280K")

    assert {"NC024", "NC024F2"} <= asked
    assert "PL" not in asked
    assert "280" not in asked


def test_the_database_is_asked_for_a_code_that_is_named_by_its_number_alone() -> None:
    assert "NC027" in possible_codes("NC-024 or 027 PL")
