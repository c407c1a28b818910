"""What is proposed for a recording: sample, technique and rung, with one number for how sure, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from measurements.matching.codes import codes_in, without
from measurements.matching.evidence import Evidence, Surroundings
from measurements.matching.rungs import FoundRung, Rung, rung_in
from measurements.matching.samples import NAME, STATED, SampleMatch, sample_of
from measurements.matching.suffixes import is_renamed
from measurements.matching.techniques import (
    TECHNIQUE_OF_REFERENCE,
    reference_in,
    refined,
    technique_in,
    words_in,
)
from measurements.techniques import ReferenceKind, Technique

# From here on a line is ticked for the commit without being looked at.
PRESELECTED = 80
WORDS = ((95, "certain"), (PRESELECTED, "sure"), (60, "likely"), (30, "unsure"), (0, "guess"))
REFERENCE = 90
UNREAD, TECHNIQUE_DIFFERS, NO_TECHNIQUE, RUNG_DIFFERS, NO_PRESSURE, COPY, LOUD, RENAMED = 40, 45, 60, 50, 70, 75, 55, 70
NO_LOAD = 65
Limit = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a line of the match table says before a person touched it."""

    sample_id: int | None
    reference_kind: str
    technique: str
    rung: Rung
    confidence_percent: int
    why: str
    candidates: tuple[int, ...] = ()


def confidence_word(percent: int) -> str:
    """Return a confidence in a word."""
    return next(word for least, word in WORDS if percent >= least)


def propose(evidence: Evidence, around: Surroundings) -> Proposal:
    """Return the proposal for one recording, or for a file that has none."""
    match = sample_of(evidence, around)
    codes = codes_in(evidence.stem, around.book)
    rest = without(evidence.stem, codes)
    words = words_in(rest)
    named = technique_in(words)
    technique, differs = refined(evidence.read_technique or evidence.instrument_technique, named)
    technique, kind = looked_at(evidence, match, words, technique, differs=differs)
    found = rung_in(rest, is_sphere=technique == Technique.PLQY, has_code=bool(codes))
    stated = stated_rung(evidence, around)
    rung = found.rung.over(folder_rung(evidence, around)).over(ladder_of(stated))
    if kind:
        match = reference_match(kind, words)
    limits = [*doubts(evidence, around, match, technique, found, rung), *differences(found.rung, stated)]
    if differs and named:
        limits.append((TECHNIQUE_DIFFERS, f"the name says {named}, the file is {technique}"))
    return Proposal(
        sample_id=match.sample_id,
        reference_kind=kind,
        technique=technique,
        rung=rung,
        confidence_percent=min([match.most_percent, *(most for most, _ in limits)]),
        why="; ".join([*match.why, *borrowed(found.rung, rung, stated), *(said for _, said in limits)])[:300],
        candidates=tuple(one for one in dict.fromkeys(match.candidates) if one in around.pieces),
    )


def reference_match(kind: str, words: list[str]) -> SampleMatch:
    """Return the match of a reference, which has no sample; one that only the comment calls so waits for a look."""
    label = ReferenceKind(kind).label
    if reference_in(words) == kind:
        return SampleMatch(None, REFERENCE, (f"{label} in the name, no sample",))
    return SampleMatch(None, STATED, (f"{label} in the file's own comment, not in its name",))


def looked_at(
    evidence: Evidence, match: SampleMatch, words: list[str], technique: str, *, differs: bool
) -> tuple[str, str]:
    """Return technique and kind of reference; the folder refines what the name leaves open, and IRF needs no sample."""
    if not differs and technique_in(words) is None:
        in_folder = technique_in(words_in(evidence.folder.replace("/", " ")))
        technique = refined(technique, in_folder)[0]
    kind = reference_in(words)
    if kind is None and match.sample_id is None and not match.candidates:
        kind = reference_in(words_in(evidence.stated)) if "sphere" in words_in(evidence.stated) else None
    is_alone = kind is not None and (kind == ReferenceKind.IRF or match.most_percent < NAME)
    if not is_alone or kind is None:
        return technique, ""
    return technique or TECHNIQUE_OF_REFERENCE.get(kind, ""), kind


def stated_rung(evidence: Evidence, around: Surroundings) -> Rung:
    """Return the rung that the file itself states, in its settings or its comment."""
    comment = rung_in(without(evidence.stated, codes_in(evidence.stated, around.book))).rung
    settings = Rung(pressure_gpa=evidence.stated_pressure_gpa, temperature_k=evidence.stated_temperature_k)
    return settings.over(comment)


def folder_rung(evidence: Evidence, around: Surroundings) -> Rung:
    """Return the pressure, temperature or age in the name of the deepest folder."""
    part = evidence.folder.rpartition("/")[2]
    return ladder_of(rung_in(without(part, codes_in(part, around.book))).rung)


def ladder_of(rung: Rung) -> Rung:
    """Return the numbers of a rung alone; numbers of spots and replicates mean nothing outside a name."""
    return Rung(rung.pressure_gpa, rung.temperature_k, rung.age_days)


def borrowed(named: Rung, whole: Rung, stated: Rung) -> Iterator[str]:
    """Yield which conditions the name left to the file or its folder."""
    pairs = (("pressure_gpa", "pressure"), ("temperature_k", "temperature"), ("age_days", "age"))
    for column, word in pairs:
        if getattr(named, column) is None and getattr(whole, column) is not None:
            is_stated = getattr(whole, column) == getattr(stated, column)
            yield f"{word} from {'the file' if is_stated else 'the folder'}"


def doubts(
    evidence: Evidence, around: Surroundings, match: SampleMatch, technique: str, found: FoundRung, rung: Rung
) -> Iterator[Limit]:
    """Yield what speaks against a proposal, each with the most that may then be trusted."""
    piece = around.pieces.get(match.sample_id or 0)
    if not evidence.is_read:
        yield UNREAD, "nobody could read it"
    elif technique in {"", Technique.TABLE, Technique.SPECTRUM}:
        yield NO_TECHNIQUE, "technique not known"
    if piece and piece.is_load and rung.pressure_gpa is None:
        yield NO_PRESSURE, "no pressure in the name of a load's file"
    if piece and not piece.is_load and rung.pressure_gpa is not None:
        yield NO_LOAD, f"a pressure, but {piece.code} is no load"
    if found.is_copy:
        yield COPY, "calls itself a copy"
    if is_renamed(evidence.name, evidence.reader):
        yield RENAMED, f"called {evidence.name.rpartition('.')[2]}, but read as {evidence.reader.replace('_', ' ')}"
    if evidence.loud_caution:
        yield LOUD, evidence.loud_caution


def differences(named: Rung, stated: Rung) -> Iterator[Limit]:
    """Yield where the name and the file itself state different conditions."""
    for column, unit in (("pressure_gpa", "GPa"), ("temperature_k", "K")):
        mine, theirs = getattr(named, column), getattr(stated, column)
        if mine is not None and theirs is not None and mine != theirs:
            yield RUNG_DIFFERS, f"the name says {mine.normalize():f} {unit}, the file {theirs.normalize():f} {unit}"
