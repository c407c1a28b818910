"""Names refine what a file says was measured, and contradictions are seen."""

import pytest

from measurements.matching.techniques import reference_in, refined, technique_in, words_in
from measurements.techniques import ReferenceKind, Technique


@pytest.mark.parametrize(
    ("name", "technique"),
    [
        ("_PL_280K", Technique.PL),
        ("_60d_PLQY_direct", Technique.PLQY),
        ("_TEM_Kanten", Technique.TEM_EDGES),
        ("_BF_01", Technique.TEM_IMAGE),
        (" ruby 0GPa PL", Technique.RUBY),
        ("_abs_77K", Technique.ABSORBANCE),
        ("notes", None),
    ],
)
def test_words_name_a_technique(name: str, technique: Technique | None) -> None:
    assert technique_in(words_in(name)) == technique


@pytest.mark.parametrize(
    ("read", "named", "expected", "differs"),
    [
        ("PL", Technique.PLQY, "PLQY", False),
        ("spectrum", Technique.PL, "PL", False),
        ("Raman", Technique.RUBY, "ruby", False),
        ("", Technique.XRD, "XRD", False),
        ("PL", None, "PL", False),
        ("PL", Technique.SPECTRUM, "PL", False),
        ("TRPL", Technique.XRD, "TRPL", True),
        ("PL", Technique.ABSORBANCE, "PL", True),
    ],
)
def test_a_name_refines_but_never_overrules_the_file(
    read: str, named: Technique | None, expected: str, differs: bool
) -> None:
    assert refined(read, named) == (expected, differs)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("IRF_50ns", ReferenceKind.IRF),
        ("PLQY empty", ReferenceKind.EMPTY_SPHERE),
        ("ruby ambient", ReferenceKind.AMBIENT_RUBY),
        ("blank hexane", ReferenceKind.BLANK_CUVETTE),
        ("PL 280K", None),
    ],
)
def test_references_are_known_by_their_words(name: str, kind: ReferenceKind | None) -> None:
    assert reference_in(words_in(name)) == kind
