"""What one injection brings together: amounts, concentrations, ratios, limiting reagent and largest yield."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from samples.arithmetic.ligands import cs_ligand_rows, pb_ligand_rows
from samples.arithmetic.missing import MissingNumber
from samples.arithmetic.molar_masses import CSPBI3_G_PER_MOL
from samples.arithmetic.propagation import Measured, measured
from samples.arithmetic.reagents import (
    Number,
    PrecursorBatch,
    atoms_mmol,
    atoms_text,
    solvent_ml,
    volume_ml,
    volume_text,
)
from samples.arithmetic.results import Derived, derived, number_text, ratio


@dataclass(frozen=True, slots=True)
class InjectionRatios:
    """Everything derived from two precursor batches and the volume injected; `missing` says what is not known and why.

    A row is reached by its key, `ratios["cs_to_pb_ratio"]`, and by a dot in a template. Keys with
    `solvent_only` take the batch volume as the solvent's alone, the other reading of the recipe.
    """

    rows: tuple[Derived, ...]
    limiting: str
    missing: tuple[str, ...]

    def __getitem__(self, key: str) -> Derived:
        for row in self.rows:
            if row.key == key:
                return row
        raise KeyError(key)


def injection_ratios(
    *, cs: PrecursorBatch, pb: PrecursorBatch, injected_ml: Number | None, injected_stderr_ml: Number | None = None
) -> InjectionRatios:
    """Return what follows from injecting `injected_ml` of the Cs batch into the whole Pb batch.

    n = m·w/M, two Cs per Cs2CO3; c = n/V with V the sum of the liquids unless it was measured;
    product ≤ min(n(Cs), n(Pb), n(I)/3). Errors are propagated linearly. Source: science.md §11.
    A number that is not known leaves out the rows that need it and is named in `missing`.
    """
    mixture = _Mixture(cs, pb, injected_ml, injected_stderr_ml)
    rows: list[Derived] = []
    missing: list[str] = []
    for group in _GROUPS:
        try:
            rows.extend(group(mixture))
        except MissingNumber as gap:
            missing.append(str(gap))
    try:
        limiting = mixture.product()[0]
    except MissingNumber:
        limiting = ""
    return InjectionRatios(tuple(rows), limiting, tuple(dict.fromkeys(missing)))


@dataclass(frozen=True, slots=True)
class _Mixture:
    """Two batches and an injected volume, and the amounts of substance that meet."""

    cs: PrecursorBatch
    pb: PrecursorBatch
    injected_ml: Number | None
    injected_stderr_ml: Number | None

    def injected(self) -> Measured:
        if not self.injected_ml or self.injected_ml <= 0:
            raise MissingNumber("How much Cs precursor was injected is not known.")
        return measured(self.injected_ml, self.injected_stderr_ml, "injected volume")

    def cs_batch_mmol(self) -> Measured:
        return atoms_mmol(self.cs.salts, "Cs")

    def cs_mmol(self) -> Measured:
        return self.cs_batch_mmol() / volume_ml(self.cs) * self.injected()

    def pb_mmol(self) -> Measured:
        return atoms_mmol(self.pb.salts, "Pb")

    def iodide_mmol(self) -> Measured:
        return atoms_mmol(self.pb.salts, "I")

    def crude_ml(self) -> Measured:
        return volume_ml(self.pb) + self.injected()

    def product(self) -> tuple[str, Measured]:
        """Return the element that limits CsPbI3 and the amount of CsPbI3 it allows, in mmol."""
        allowed = {"Cs": self.cs_mmol(), "Pb": self.pb_mmol(), "I": self.iodide_mmol() / 3.0}
        return min(allowed.items(), key=lambda item: item[1].value)


def _cs_batch_rows(mixture: _Mixture) -> Iterator[Derived]:
    batch_mmol = mixture.cs_batch_mmol()
    amount, total_ml, alone_ml = number_text(batch_mmol.value), volume_ml(mixture.cs), solvent_ml(mixture.cs)
    yield derived("cs_batch_mmol", "Cs in the batch", batch_mmol, "mmol", atoms_text(mixture.cs.salts, "Cs"))
    yield derived(
        "cs_mmol_per_l",
        "Cs concentration",
        batch_mmol / total_ml * 1000.0,
        "mmol/l",
        f"{amount} mmol / {volume_text(mixture.cs)}",
    )
    yield derived(
        "cs_solvent_only_mmol_per_l",
        "Cs concentration, solvent volume only",
        batch_mmol / alone_ml * 1000.0,
        "mmol/l",
        f"{amount} mmol / {number_text(alone_ml.value)} ml",
    )


def _pb_batch_rows(mixture: _Mixture) -> Iterator[Derived]:
    pb_mmol, batch = mixture.pb_mmol(), mixture.pb
    yield derived("pb_mmol", "Pb in the flask", pb_mmol, "mmol", atoms_text(batch.salts, "Pb"))
    yield derived(
        "pb_mmol_per_l",
        "Pb concentration",
        pb_mmol / volume_ml(batch) * 1000.0,
        "mmol/l",
        f"{number_text(pb_mmol.value)} mmol / {volume_text(batch)}",
    )


def _meeting_rows(mixture: _Mixture) -> Iterator[Derived]:
    cs_mmol, pb_mmol, batch_mmol = mixture.cs_mmol(), mixture.pb_mmol(), mixture.cs_batch_mmol()
    alone_mmol = batch_mmol / solvent_ml(mixture.cs) * mixture.injected()
    drawn = f"{number_text(batch_mmol.value)} mmol / {volume_text(mixture.cs)}"
    yield derived(
        "cs_injected_mmol", "Cs injected", cs_mmol, "mmol", f"{drawn} × {number_text(mixture.injected().value)} ml"
    )
    yield ratio("cs_to_pb_ratio", "Cs:Pb", cs_mmol, pb_mmol)
    yield ratio("cs_to_pb_solvent_only_ratio", "Cs:Pb, solvent volume only", alone_mmol, pb_mmol)
    yield ratio("pb_to_cs_ratio", "Pb:Cs", pb_mmol, cs_mmol)
    yield ratio("iodide_to_cs_ratio", "I:Cs", mixture.iodide_mmol(), cs_mmol)


def _product_rows(mixture: _Mixture) -> Iterator[Derived]:
    limiting, product_mmol = mixture.product()
    crude_ml, pb_mmol = mixture.crude_ml(), mixture.pb_mmol()
    amount = f"{number_text(product_mmol.value)} mmol"
    yield derived(
        "product_max_mg",
        "CsPbI3 at most",
        product_mmol * CSPBI3_G_PER_MOL,
        "mg",
        f"{amount} ({limiting} limits) × {number_text(CSPBI3_G_PER_MOL)} g/mol",
    )
    yield derived(
        "crude_volume_ml",
        "Crude volume",
        crude_ml,
        "ml",
        f"{volume_text(mixture.pb)} + {number_text(mixture.injected().value)} ml",
    )
    yield derived(
        "product_max_mmol_per_l",
        "CsPbI3 in the crude at most",
        product_mmol / crude_ml * 1000.0,
        "mmol/l",
        f"{amount} / {number_text(crude_ml.value)} ml",
    )
    yield derived(
        "pb_used_percent",
        "Pb used at most",
        product_mmol / pb_mmol * 100.0,
        "%",
        f"{amount} / {number_text(pb_mmol.value)} mmol",
    )


# In the order a page lists them; a group is left out when a number it needs is missing.
_GROUPS: tuple[Callable[[_Mixture], Iterator[Derived]], ...] = (
    _cs_batch_rows,
    lambda mixture: cs_ligand_rows(mixture.cs, mixture.cs_batch_mmol()),
    _pb_batch_rows,
    lambda mixture: pb_ligand_rows(mixture.pb, mixture.pb_mmol()),
    _meeting_rows,
    _product_rows,
)
