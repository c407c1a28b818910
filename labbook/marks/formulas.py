"""Chemical formulas as people write them: PbI2 becomes PbI₂."""

import re

# Only what is surely a formula: "F1" is a fraction and "CV1" a cuvette.
FORMULAS = (
    "Cs2CO3", "PbI2", "PbBr2", "PbCl2", "CsPbI3", "CsPbBr3", "CsPbCl3", "Cs4PbI6", "N2", "O2", "H2O", "CO2",
    "SiO2", "TiO2", "Al2O3", "C18H36", "C18H34O2", "C18H37N", "C3H6O2", "C6H14",
)  # fmt: skip
KNOWN = re.compile(rf"(?<![\w.\-])(?:{'|'.join(FORMULAS)})(?!\w|-\d)")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def subscripted(text: str) -> str:
    """Return a text with the digits of known formulas as subscripts; codes and lots stay as they are."""
    return KNOWN.sub(lambda found: found[0].translate(SUBSCRIPTS), text)
