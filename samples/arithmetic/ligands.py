"""Ligands of a precursor batch against its metal: oleic acid and oleylamine."""

from collections.abc import Iterator

from samples.arithmetic.propagation import Measured
from samples.arithmetic.reagents import PrecursorBatch, substance_mmol, substance_text
from samples.arithmetic.results import Derived, derived, ratio


def cs_ligand_rows(batch: PrecursorBatch, cs_mmol: Measured) -> Iterator[Derived]:
    """Walk over the oleic acid of a Cs batch in mmol and per Cs; raises MissingNumber without a density."""
    if not batch.oleic_acids:
        return
    acid_mmol = substance_mmol(batch.oleic_acids)
    acid_text = substance_text(batch.oleic_acids)
    yield derived("cs_oleic_acid_mmol", "Oleic acid in the Cs batch", acid_mmol, "mmol", acid_text)
    yield ratio("oleic_acid_to_cs_ratio", "OA:Cs", acid_mmol, cs_mmol)


def pb_ligand_rows(batch: PrecursorBatch, pb_mmol: Measured) -> Iterator[Derived]:
    """Walk over both ligands of a Pb batch in mmol, per Pb and against each other; raises MissingNumber."""
    acid_mmol, amine_mmol = substance_mmol(batch.oleic_acids), substance_mmol(batch.oleylamines)
    if batch.oleic_acids:
        acid_text = substance_text(batch.oleic_acids)
        yield derived("pb_oleic_acid_mmol", "Oleic acid in the flask", acid_mmol, "mmol", acid_text)
        yield ratio("oleic_acid_to_pb_ratio", "OA:Pb", acid_mmol, pb_mmol)
    if batch.oleylamines:
        amine_text = substance_text(batch.oleylamines)
        yield derived("oleylamine_mmol", "Oleylamine in the flask", amine_mmol, "mmol", amine_text)
        yield ratio("oleylamine_to_pb_ratio", "OAm:Pb", amine_mmol, pb_mmol)
    if batch.oleic_acids and batch.oleylamines:
        yield ratio("oleic_acid_to_oleylamine_ratio", "OA:OAm", acid_mmol, amine_mmol)
