"""Techniques in words: what a name says was measured, and whether the file agrees."""

import re
from collections.abc import Iterable

from measurements.techniques import TECHNIQUES, ReferenceKind, Technique

WORD = re.compile(r"[^\W\d_]+")
TECHNIQUE_OF_WORD = {word: row.technique for row in TECHNIQUES.values() for word in row.words}
# The order in which two words of one name are believed: a PL of a ruby is a ruby, an edge list of TEM is edges.
FIRST = tuple(TECHNIQUES)
# What the reader says → what a name may make of it.
REFINED: dict[str, frozenset[Technique]] = {
    "": frozenset(Technique),
    Technique.SPECTRUM: frozenset(
        {Technique.PL, Technique.PLQY, Technique.ABSORBANCE, Technique.RAMAN, Technique.RUBY, Technique.TRPL}
    ),
    Technique.PL: frozenset({Technique.PLQY, Technique.RUBY}),
    Technique.RAMAN: frozenset({Technique.PL, Technique.RUBY}),
    Technique.RUBY: frozenset({Technique.RAMAN, Technique.PL}),
    Technique.TABLE: frozenset(Technique),
    Technique.TEM_IMAGE: frozenset({Technique.TEM_EDGES}),
    Technique.TEM_EDGES: frozenset({Technique.TEM_IMAGE}),
}
# Both words are said of either: no contradiction, and the file decides.
ALIKE = ({Technique.TEM_IMAGE, Technique.TEM_EDGES}, {Technique.XRD, Technique.STRUCTURE})
REFERENCES = {
    "irf": ReferenceKind.IRF, "prompt": ReferenceKind.IRF, "blank": ReferenceKind.BLANK_CUVETTE,
    "baseline": ReferenceKind.BLANK_CUVETTE, "substrate": ReferenceKind.BARE_SUBSTRATE,
    "dark": ReferenceKind.DARK, "background": ReferenceKind.DARK, "lamp": ReferenceKind.LAMP_STANDARD,
    "hgar": ReferenceKind.LINE_STANDARD, "neon": ReferenceKind.LINE_STANDARD, "argon": ReferenceKind.LINE_STANDARD,
}  # fmt: skip
TECHNIQUE_OF_REFERENCE = {ReferenceKind.IRF: Technique.TRPL, ReferenceKind.AMBIENT_RUBY: Technique.RUBY}


def words_in(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return [word.lower() for word in WORD.findall(text)]


def technique_in(words: Iterable[str]) -> Technique | None:
    """Return the technique that words name."""
    said = {TECHNIQUE_OF_WORD[word] for word in words if word in TECHNIQUE_OF_WORD}
    return min(said, key=FIRST.index) if said else None


def reference_in(words: list[str]) -> ReferenceKind | None:
    """Return the kind of reference that words name."""
    if "ruby" in words and "ambient" in words:
        return ReferenceKind.AMBIENT_RUBY
    if "empty" in words and ("sphere" in words or technique_in(words) == Technique.PLQY):
        return ReferenceKind.EMPTY_SPHERE
    return next((REFERENCES[word] for word in words if word in REFERENCES), None)


def refined(read: str, said: Technique | None) -> tuple[str, bool]:
    """Return the technique of a recording, and whether name and file contradict each other."""
    # "Spectrum" is said of anything.
    if said in {None, Technique.SPECTRUM, read}:
        return read, False
    if any(read in pair and said in pair for pair in ALIKE):
        return read, False
    if said and said in REFINED.get(read, frozenset()):
        return said, False
    return read, True
