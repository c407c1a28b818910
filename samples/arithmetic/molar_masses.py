"""Molar masses: the published ones the recipes were calculated with, else from the formula."""

from samples.arithmetic.missing import MissingNumber

# g/mol, as printed in science.md §11 and on the bottles the recipes name.
CS2CO3_G_PER_MOL = 325.82
PBI2_G_PER_MOL = 461.01
OLEIC_ACID_G_PER_MOL = 282.468
OLEYLAMINE_G_PER_MOL = 267.501
# Printed there as 720.81886; the printed yield needs the digits of the standard atomic weights.
CSPBI3_G_PER_MOL = 720.81886196

PUBLISHED_G_PER_MOL = {
    "Cs2CO3": CS2CO3_G_PER_MOL,
    "PbI2": PBI2_G_PER_MOL,
    "C18H34O2": OLEIC_ACID_G_PER_MOL,
    "C18H37N": OLEYLAMINE_G_PER_MOL,
    "CsPbI3": CSPBI3_G_PER_MOL,
}
# Atoms that a formula unit gives to the perovskite. Carbonate gives two Cs per formula.
_ATOMS = {("Cs2CO3", "Cs"): 2, ("PbI2", "Pb"): 1, ("PbI2", "I"): 2}
_LONGEST_FORMULA = 60


def molar_mass_g_per_mol(formula: str) -> float:
    """Return the molar mass of a formula in g/mol; raises MissingNumber when it cannot be read.

    Published values of `PUBLISHED_G_PER_MOL` first, else IUPAC standard atomic weights through molmass.
    """
    if formula in PUBLISHED_G_PER_MOL:
        return PUBLISHED_G_PER_MOL[formula]
    return float(_parsed(formula)[0])


def atoms_per_formula(formula: str, element: str) -> int:
    """Return how many atoms of an element one formula unit holds: 2 for Cs in Cs2CO3."""
    known = _ATOMS.get((formula, element))
    return known if known is not None else _parsed(formula)[1].get(element, 0)


def _parsed(formula: str) -> tuple[float, dict[str, int]]:
    from molmass import Formula, FormulaError

    if not formula or len(formula) > _LONGEST_FORMULA:
        raise MissingNumber("The chemical formula is not known. Enter it, or the molar mass, on the bottle.")
    try:
        parsed = Formula(formula)
        return parsed.mass, {item.symbol: item.count for item in parsed.composition().values()}
    except FormulaError as error:
        raise MissingNumber(
            f"“{formula[:40]}” is not a chemical formula. Enter the molar mass on the bottle."
        ) from error
