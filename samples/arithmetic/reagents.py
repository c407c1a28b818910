"""What went into a precursor batch, as the ledger and the bottle know it, and how much substance that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from samples.arithmetic.missing import MissingNumber
from samples.arithmetic.molar_masses import atoms_per_formula, molar_mass_g_per_mol
from samples.arithmetic.propagation import Measured, measured
from samples.arithmetic.results import number_text

# Reading error of the laboratory balance (science.md §11): 0.5 % of 0.200 g.
BALANCE_STDERR_MG = 1.0
OLEIC_ACID = "C18H34O2"
OLEYLAMINE = "C18H37N"

Number = Decimal | float


@dataclass(frozen=True, slots=True)
class Reagent:
    """One input of a preparation: the amount really used, and the bottle's own numbers.

    `amount` is in mg or µl as the ledger stores it. Without `amount_stderr` a weighed solid has the
    balance's error and a volume none. Without `purity_percent` the lot is taken as pure.
    """

    name: str
    amount: Number | None
    unit: Literal["mg", "ul"]
    formula: str = ""
    molar_mass_g_per_mol: Number | None = None
    density_g_per_ml: Number | None = None
    purity_percent: Number | None = None
    amount_stderr: Number | None = None

    def known_amount(self) -> Measured:
        """Return the amount in its own unit with its error; raises MissingNumber when nothing was used."""
        if not self.amount or self.amount <= 0:
            raise MissingNumber(f"How much {self.name} was used is not known.")
        assumed = BALANCE_STDERR_MG if self.unit == "mg" else None
        return measured(self.amount, assumed if self.amount_stderr is None else self.amount_stderr, self.name)

    def known_density_g_per_ml(self) -> float:
        """Return the bottle's density; raises MissingNumber."""
        if not self.density_g_per_ml or self.density_g_per_ml <= 0:
            raise MissingNumber(f"The density of {self.name} is not known. Enter it on its bottle.")
        return float(self.density_g_per_ml)

    def known_molar_mass_g_per_mol(self) -> float:
        """Return the bottle's molar mass, else the formula's; raises MissingNumber."""
        if self.molar_mass_g_per_mol and self.molar_mass_g_per_mol > 0:
            return float(self.molar_mass_g_per_mol)
        if not self.formula:
            raise MissingNumber(f"The molar mass of {self.name} is not known. Enter it on its bottle.")
        return molar_mass_g_per_mol(self.formula)

    def purity_fraction(self) -> float:
        """Return the lot's purity, 1 when the bottle does not state it; raises MissingNumber if impossible."""
        if self.purity_percent is None:
            return 1.0
        if not 0 < self.purity_percent <= 100:
            raise MissingNumber(f"The purity of {self.name} must lie between 0 and 100 %.")
        return float(self.purity_percent) / 100

    def volume_ml(self) -> Measured:
        """Return a liquid's volume; one that was weighed needs its density."""
        if self.unit == "ul":
            return self.known_amount() / 1000.0
        return self.known_amount() / (1000.0 * self.known_density_g_per_ml())


@dataclass(frozen=True, slots=True)
class PrecursorBatch:
    """A solution that was made: salts, solvents, ligands, and its volume if that was measured."""

    salts: tuple[Reagent, ...]
    solvents: tuple[Reagent, ...]
    oleic_acids: tuple[Reagent, ...] = ()
    oleylamines: tuple[Reagent, ...] = ()
    measured_volume_ml: Number | None = None

    @property
    def liquids(self) -> tuple[Reagent, ...]:
        """Solvents and ligands, whose volumes add up to the batch."""
        return self.solvents + self.oleic_acids + self.oleylamines


def precursor_batch(
    reagents: Iterable[Reagent], *, metal: Literal["Cs", "Pb"], measured_volume_ml: Number | None = None
) -> PrecursorBatch:
    """Sort the inputs of one preparation by formula: salts of the metal, oleic acid, oleylamine, else solvents."""
    salts, acids, amines, solvents = [], [], [], []
    for reagent in reagents:
        if reagent.formula == OLEIC_ACID:
            acids.append(reagent)
        elif reagent.formula == OLEYLAMINE:
            amines.append(reagent)
        elif _holds(reagent, metal):
            salts.append(reagent)
        else:
            solvents.append(reagent)
    return PrecursorBatch(tuple(salts), tuple(solvents), tuple(acids), tuple(amines), measured_volume_ml)


def _holds(reagent: Reagent, metal: str) -> bool:
    try:
        return atoms_per_formula(reagent.formula, metal) > 0
    except MissingNumber:
        return False


def substance_mmol(reagents: Iterable[Reagent]) -> Measured:
    """Return the amount of substance in mmol: Σ m·w/M for masses, Σ V·ρ·w/M for volumes.

    Raises MissingNumber without amount or molar mass, or without density for a volume.
    """
    total = measured(0.0)
    for reagent in reagents:
        total = total + _substance_mmol(reagent)
    return total


def atoms_mmol(reagents: tuple[Reagent, ...], element: str) -> Measured:
    """Return an element's amount of substance in mmol: n(Cs) = 2 m·w/M for Cs2CO3; raises MissingNumber."""
    if not reagents:
        raise MissingNumber(f"What {element} came from is not recorded.")
    total = measured(0.0)
    for reagent in reagents:
        total = total + _substance_mmol(reagent) * _atoms(reagent, element)
    return total


def atoms_text(reagents: tuple[Reagent, ...], element: str) -> str:
    """Return what `atoms_mmol` calculated: "2 × 200 mg × 99.9 % / 325.82 g/mol"."""
    counts = ((_atoms(reagent, element), substance_text((reagent,))) for reagent in reagents)
    return " + ".join(text if count == 1 else f"{count} × {text}" for count, text in counts)


def substance_text(reagents: Iterable[Reagent]) -> str:
    """Return what `substance_mmol` calculated: "650 µl × 0.895 g/ml / 282.468 g/mol"."""
    return " + ".join(_substance_text(reagent) for reagent in reagents)


def volume_ml(batch: PrecursorBatch) -> Measured:
    """Return the batch volume: as measured, else the sum of its liquids (ideal mixing, solids left out)."""
    return measured(batch.measured_volume_ml) if batch.measured_volume_ml else _sum_ml(batch.liquids)


def volume_text(batch: PrecursorBatch) -> str:
    """Return how the batch volume was found: "(10 + 0.65) ml", or "10.65 ml" when it was measured."""
    if batch.measured_volume_ml:
        return f"{number_text(batch.measured_volume_ml)} ml"
    return f"({' + '.join(number_text(liquid.volume_ml().value) for liquid in batch.liquids)}) ml"


def solvent_ml(batch: PrecursorBatch) -> Measured:
    """Return the volume of the solvent alone, for the reading that leaves the ligands' volume out."""
    return _sum_ml(batch.solvents)


def _sum_ml(liquids: tuple[Reagent, ...]) -> Measured:
    if not liquids:
        raise MissingNumber("The solvent of a precursor batch is not recorded, so its volume is not known.")
    total = measured(0.0)
    for liquid in liquids:
        total = total + liquid.volume_ml()
    return total


def _substance_mmol(reagent: Reagent) -> Measured:
    mass_mg = reagent.known_amount()
    if reagent.unit == "ul":
        mass_mg = mass_mg * reagent.known_density_g_per_ml()
    return mass_mg * reagent.purity_fraction() / reagent.known_molar_mass_g_per_mol()


def _substance_text(reagent: Reagent) -> str:
    factors = [f"{number_text(reagent.known_amount().value)} {'µl' if reagent.unit == 'ul' else 'mg'}"]
    if reagent.unit == "ul":
        factors.append(f"{number_text(reagent.known_density_g_per_ml())} g/ml")
    if reagent.purity_percent is not None:
        factors.append(f"{number_text(reagent.purity_percent)} %")
    return f"{' × '.join(factors)} / {number_text(reagent.known_molar_mass_g_per_mol())} g/mol"


def _atoms(reagent: Reagent, element: str) -> int:
    """Return the element's atoms per formula unit; raises MissingNumber when there are none."""
    if not reagent.formula:
        raise MissingNumber(f"The chemical formula of {reagent.name} is not known. Enter it on its bottle.")
    count = atoms_per_formula(reagent.formula, element)
    if count == 0:
        raise MissingNumber(f"{reagent.name} ({reagent.formula}) holds no {element}.")
    return count
