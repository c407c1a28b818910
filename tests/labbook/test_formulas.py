"""Formulas have subscripts; codes, lots and numbers stay as they are."""

import pytest

from labbook.marks.formulas import subscripted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("PbI2 solution", "PbI₂ solution"),
        ("Cs2CO3, CsPbI3 and N2.", "Cs₂CO₃, CsPbI₃ and N₂."),
        ("C18H34O2", "C₁₈H₃₄O₂"),
        ("(PbI2)", "(PbI₂)"),
        ("PbI2-free", "PbI₂-free"),
        ("NC-024-F1", "NC-024-F1"),
        ("BT-N2", "BT-N2"),
        ("N2-024", "N2-024"),
        ("CsPbI3x", "CsPbI3x"),
        ("XPbI2", "XPbI2"),
        ("lot SIM4158, 250 mg", "lot SIM4158, 250 mg"),
        ("", ""),
    ],
)
def test_known_formulas_are_written_with_subscripts(text: str, shown: str) -> None:
    assert subscripted(text) == shown
