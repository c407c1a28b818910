"""Molar masses: the published ones, those from a formula, and formulas that are none."""

import pytest

from samples.arithmetic import MissingNumber, molar_mass_g_per_mol
from samples.arithmetic.molar_masses import PUBLISHED_G_PER_MOL, atoms_per_formula


@pytest.mark.parametrize("formula", PUBLISHED_G_PER_MOL)
def test_a_published_molar_mass_agrees_with_its_formula(formula: str) -> None:
    # The brackets keep the lookup from finding the published value.
    computed = molar_mass_g_per_mol(f"({formula})")

    assert molar_mass_g_per_mol(formula) == pytest.approx(computed, rel=3e-5)


def test_carbonate_gives_two_cesium_and_lead_iodide_two_iodine() -> None:
    assert atoms_per_formula("Cs2CO3", "Cs") == atoms_per_formula("(Cs2CO3)", "Cs") == 2
    assert atoms_per_formula("PbI2", "I") == 2
    assert atoms_per_formula("CsI", "Cs") == 1


@pytest.mark.parametrize("formula", ["", "Xx2", "<script>", "C" * 10**6])
def test_what_is_no_formula_is_said_shortly(formula: str) -> None:
    with pytest.raises(MissingNumber) as refusal:
        molar_mass_g_per_mol(formula)

    assert len(str(refusal.value)) < 120
