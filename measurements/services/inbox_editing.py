"""Editing lines of the match table: cells, whole columns, what is set aside; a person's word stays a person's."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from labbook.errors import Conflict, FieldConflict, Refusal
from measurements.matching.rungs import rung_in, said
from measurements.models import Batch, InboxRow, RowState
from measurements.services.committing_rungs import words_of
from measurements.services.proposing import RUNG, RUNG_COLUMNS, SAMPLE, TECHNIQUE
from measurements.services.proposing_joins import JOINS
from measurements.techniques import ReferenceKind, Technique
from samples.models import Sample

CELLS = (SAMPLE, TECHNIQUE, RUNG)
CHOSEN_PERCENT = 100
# Finds the sample of a code as the person sees it; raises Refusal.
Find = Callable[[str], Sample]


@dataclass(frozen=True, slots=True)
class Editor:
    """Who edits, and which samples they find."""

    initials: str
    find: Find


def texts_of(row: InboxRow) -> dict[str, str]:
    """Return the cells of a line as the table shows them."""
    sample = row.sample.code if row.sample else row.reference_kind
    return {SAMPLE: sample, TECHNIQUE: row.technique, RUNG: said(words_of(row))}


def locked_lines(batch: Batch, ids: Iterable[int]) -> list[InboxRow]:
    """Return lines of a batch, locked and in the table's order; an assigned line is edited on its measurement."""
    rows = InboxRow.objects.select_for_update(of=("self",)).filter(batch=batch, pk__in=list(ids))
    return list(rows.exclude(state=RowState.ASSIGNED).select_related("sample", "file_name"))


def set_cells(
    batch: Batch, row_id: int, cells: Mapping[str, str], was: Mapping[str, str], editor: Editor
) -> InboxRow | None:
    """Write the cells of a line that differ from what the person read, and return the line if one did.

    Raises Conflict when somebody else set the same cell to something else meanwhile, Refusal for a text
    that means nothing.
    """
    wanted = {name: text.strip() for name, text in cells.items() if name in CELLS and text.strip() != was.get(name)}
    if not wanted:
        return None
    row = line_of(batch, row_id)
    now = texts_of(row)
    conflicts: list[FieldConflict] = [
        {"field": name, "base": was.get(name), "yours": text, "theirs": now[name]}
        for name, text in wanted.items()
        if now[name] not in {text, was.get(name, "")}
    ]
    if conflicts:
        raise Conflict(conflicts)
    for name, text in wanted.items():
        SETTERS[name](row, text, editor)
    row.save()
    return row


def line_of(batch: Batch, row_id: int) -> InboxRow:
    """Return a line, locked. Raises Refusal when it is no longer there or assigned."""
    found = locked_lines(batch, [row_id])
    if not found:
        raise Refusal("This line was assigned or taken away meanwhile. Open the page again.")
    return found[0]


def set_column(batch: Batch, ids: Sequence[int], name: str, text: str, editor: Editor) -> int:
    """Write one text into a cell of several lines; returns how many."""
    rows = locked_lines(batch, ids)
    if not rows:
        raise Refusal("Tick the lines first.", field="chosen")
    for row in rows:
        SETTERS[name](row, text.strip(), editor)
        row.save()
    return len(rows)


def fill_down(batch: Batch, ids: Sequence[int], name: str) -> int:
    """Write the first chosen line's cell into the others; returns how many."""
    found = {row.pk: row for row in locked_lines(batch, ids)}
    rows = [found[one] for one in ids if one in found]
    if len(rows) < 2:
        raise Refusal("Tick the line to copy from and those below it.", field="chosen")
    first, others = rows[0], rows[1:]
    for row in others:
        if name == SAMPLE:
            row.sample, row.reference_kind = first.sample, first.reference_kind
            row.confidence_percent, row.why, row.candidates = CHOSEN_PERCENT, f"as {first.file_name.name}"[:300], []
        for column in (TECHNIQUE,) if name == TECHNIQUE else RUNG_COLUMNS if name == RUNG else ():
            setattr(row, column, getattr(first, column))
        mark(row, name)
        row.save()
    return len(others)


def set_sample(row: InboxRow, text: str, editor: Editor) -> None:
    """Write the sample of a line by its code, or the kind of reference by its name; nothing takes both away."""
    row.sample, row.reference_kind = None, reference_of(text)
    if text and not row.reference_kind:
        row.sample = editor.find(text)
    row.confidence_percent = CHOSEN_PERCENT if text else 0
    row.why, row.candidates = f"chosen by {editor.initials}", []
    mark(row, SAMPLE)


def reference_of(text: str) -> str:
    """Return the kind of reference that a text names."""
    return next((kind.value for kind in ReferenceKind if text.casefold() in {kind.value.casefold(), kind.label}), "")


def set_technique(row: InboxRow, text: str, editor: Editor) -> None:
    """Write what was measured."""
    found = next((one for one in Technique if text.casefold() in {one.value.casefold(), one.label.casefold()}), None)
    if text and found is None:
        raise Refusal(f"There is no technique {text[:40]} here.", field=TECHNIQUE)
    row.technique = found or ""
    mark(row, TECHNIQUE)


def set_rung(row: InboxRow, text: str, editor: Editor) -> None:
    """Write where on its ladder a line stands, from words such as "0.13 GPa before"."""
    rung = rung_in(text, is_sphere=row.technique == Technique.PLQY).rung
    if text and rung.is_empty:
        raise Refusal(f"“{text[:40]}” is no rung. Write 0.13 GPa, 280 K, 60 d, release, before or #2.", field=RUNG)
    for name in RUNG_COLUMNS:
        setattr(row, name, getattr(rung, name))
    row.replicate = rung.replicate or 1
    mark(row, RUNG)


SETTERS: dict[str, Callable[[InboxRow, str, Editor], None]] = {
    SAMPLE: set_sample, TECHNIQUE: set_technique, RUNG: set_rung,
}  # fmt: skip


def mark(row: InboxRow, name: str) -> None:
    """Note that a person set a column; proposals leave it alone from now on."""
    row.edited = sorted({*row.edited, name})


def set_aside(batch: Batch, ids: Sequence[int]) -> int:
    """Put lines aside: their files stay, and nothing is made of them; returns how many."""
    rows = locked_lines(batch, ids)
    for row in rows:
        row.state, row.joins = RowState.SET_ASIDE, None
        mark(row, JOINS)
        row.save()
    return len(rows)


def take_back(batch: Batch, ids: Sequence[int]) -> int:
    """Let lines that were set aside, or that joined another, wait as measurements of their own."""
    rows = locked_lines(batch, ids)
    for row in rows:
        row.state, row.joins = RowState.WAITING, None
        mark(row, JOINS)
        row.save()
    return len(rows)


def join_to(batch: Batch, row_id: int, main_id: int) -> None:
    """Let a line be a part of another line's measurement: the same scan, or what belongs to it."""
    row, main = line_of(batch, row_id), line_of(batch, main_id)
    if row.pk == main.pk or main.joins_id:
        raise Refusal("Choose a line that stands for itself.", field="joins")
    InboxRow.objects.filter(joins=row).update(joins=main)
    row.joins, row.state = main, RowState.WAITING
    mark(row, JOINS)
    row.save()
