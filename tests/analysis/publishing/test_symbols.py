"""Symbols and units as papers set them."""

import pytest

from analysis.publishing.sheet import Column
from analysis.publishing.symbols import Run, head, runs, sentence_runs, unit_text


def test_what_stands_behind_an_underscore_is_lowered() -> None:
    assert runs("A_TE") == [Run("A"), Run("TE", "sub")]
    assert runs("k_nr at 5 K") == [Run("k"), Run("nr", "sub"), Run(" at 5 K")]


def test_small_digits_become_real_ones_on_their_height() -> None:
    assert runs("τ₁ ns⁻¹") == [Run("τ"), Run("1", "sub"), Run(" ns"), Run("−1", "sup")]


def test_the_kind_of_an_average_is_lowered() -> None:
    assert runs("⟨τ⟩a") == [Run("⟨τ⟩"), Run("a", "sub")]


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("eV/K", "eV K⁻¹"),
        ("1/ns", "ns⁻¹"),
        ("meV/GPa", "meV GPa⁻¹"),
        ("W/cm2", "W cm⁻²"),
        ("1/cm", "cm⁻¹"),
        ("%", "%"),
        ("ns", "ns"),
        ("", ""),
    ],
)
def test_quotients_are_printed_with_negative_powers(unit: str, shown: str) -> None:
    assert unit_text(unit) == shown


def test_a_head_says_symbol_power_and_unit() -> None:
    assert head(Column("a", "Thermal expansion", "A_TE", "eV/K", power=-4)) == "A_TE (10⁻⁴ eV K⁻¹)"
    assert head(Column("n", "Particles")) == "Particles"


def test_in_a_sentence_names_of_settings_keep_their_underscores() -> None:
    assert sentence_runs("A_TE T, state wavelength_angstrom") == [
        Run("A"), Run("TE", "sub"), Run(" T, state wavelength_angstrom"),
    ]  # fmt: skip
