"""Which sample a recording is of: name, then folder, then the batch, then the session, then its own words."""

from dataclasses import dataclass

from measurements.matching.codes import Hit, codes_in
from measurements.matching.evidence import Evidence, Surroundings

NAME, FOLDER, SHARED, SESSION, STATED = 96, 84, 85, 60, 62
AMBIGUOUS, NOTHING = 30, 10
CONTRADICTED = 50


@dataclass(frozen=True, slots=True)
class SampleMatch:
    """The sample that is proposed, how sure that is at most, why, and what else it might be."""

    sample_id: int | None
    most_percent: int
    why: tuple[str, ...]
    candidates: tuple[int, ...] = ()


def sample_of(evidence: Evidence, around: Surroundings) -> SampleMatch:
    """Return the sample by the first source that names one, contradicted by whatever names another."""
    in_name = codes_in(evidence.stem, around.book)
    in_folder = folder_codes(evidence.folder, around)
    if in_name:
        return checked(one_of(in_name, NAME, "in the name", around), evidence, around, in_folder)
    if in_folder:
        return checked(one_of(in_folder, FOLDER, "in the folder", around), evidence, around, [])
    if around.shared_sample_id is not None:
        said = f"{around.code_of(around.shared_sample_id)} is what this batch is about"
        return checked(SampleMatch(around.shared_sample_id, SHARED, (said,)), evidence, around, [])
    return unnamed(evidence, around)


def unnamed(evidence: Evidence, around: Surroundings) -> SampleMatch:
    """Return what the file's own words or the session's load suggest for a name that says nothing."""
    stated = codes_in(evidence.stated, around.book)
    if stated:
        return one_of(stated, STATED, "in the file's own comment, not in its name", around)
    if len(around.session_load_ids) == 1:
        load = around.session_load_ids[0]
        return SampleMatch(load, SESSION, (f"{around.code_of(load)} is the load of this session",))
    if around.session_load_ids:
        return SampleMatch(None, AMBIGUOUS, ("several loads were measured that day",), around.session_load_ids)
    return SampleMatch(None, NOTHING, ("no code in name or folder",))


def folder_codes(folder: str, around: Surroundings) -> list[Hit]:
    """Return the codes of the deepest folder that has any."""
    for part in reversed(folder.split("/")):
        found = codes_in(part, around.book)
        if found:
            return found
    return []


def one_of(hits: list[Hit], most_percent: int, where: str, around: Surroundings) -> SampleMatch:
    """Return the one sample that names mean; two codes, or one of several samples, are never guessed between."""
    codes = list(dict.fromkeys(hit.known.code for hit in hits))
    ids = list(dict.fromkeys(one for hit in hits for one in hit.known.sample_ids))
    if len(ids) == 1 and all(hit.known.is_sample for hit in hits):
        return narrowed(SampleMatch(ids[0], most_percent, (f"{codes[0]} {where}",)), around)
    shared = around.shared_sample_id
    if shared in ids:
        said = f"{' or '.join(codes)} {where}; {around.code_of(shared)} is what this batch is about"
        return SampleMatch(shared, SHARED, (said,))
    said = f"{' and '.join(codes)} {where}" if len(codes) > 1 else f"{codes[0]} {where} may be several samples"
    return SampleMatch(None, AMBIGUOUS, (said,), tuple(ids))


def narrowed(match: SampleMatch, around: Surroundings) -> SampleMatch:
    """Return the batch's sample where the name's is the fraction that it is a piece of."""
    shared = around.pieces.get(around.shared_sample_id or 0)
    if shared is None or match.sample_id not in shared.parents:
        return match
    said = f"{shared.code} of it is what this batch is about"
    return SampleMatch(around.shared_sample_id, SHARED, (*match.why, said))


def checked(match: SampleMatch, evidence: Evidence, around: Surroundings, folder: list[Hit]) -> SampleMatch:
    """Return a match held against the folder, the file's own words and the batch; each contradiction is said."""
    if match.sample_id is None:
        return match
    others = (
        (ids_of(folder), "the folder says"),
        (ids_of(codes_in(evidence.stated, around.book)), "the file itself says"),
        ([around.shared_sample_id] if around.shared_sample_id else [], "the batch is about"),
    )
    for ids, whose in others:
        strangers = [one for one in ids if not are_kin(one, match.sample_id, around)]
        if ids and len(strangers) == len(ids):
            said = f"but {whose} {around.code_of(strangers[0])}"
            more = (*match.candidates, *strangers)
            match = SampleMatch(match.sample_id, min(match.most_percent, CONTRADICTED), (*match.why, said), more)
    return match


def ids_of(hits: list[Hit]) -> list[int]:
    """Return the samples of hits; the code of a synthesis says nothing against one of its samples."""
    return [one for hit in hits for one in hit.known.sample_ids]


def are_kin(one: int, other: int, around: Surroundings) -> bool:
    """Say whether two samples are the same, or one a piece of the other."""
    first, second = around.pieces.get(one), around.pieces.get(other)
    return one == other or bool(first and second and (one in second.parents or other in first.parents))
