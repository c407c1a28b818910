"""Takes a campaign folder in by the services of the browser: its tables, then its raw files through the inbox."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.console import say

if TYPE_CHECKING:
    from labbook.models import Lab, User
    from measurements.models import Batch, FileName

# A ruby of before and after a rung lies beside its nominal pressure.
SAME_RUNG_GPA = 0.03


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in."""

    lab: "Lab"
    by: "User"
    batch: "Batch"
    file_count: int
    assigned_count: int
    waiting_count: int


def take_in(campaign: Path) -> Taken:
    """Take a campaign in; badly named files are settled by its answer key when there is one, else they wait."""
    lab, by = import_records(campaign / "records")
    batch, names = receive_files(campaign / "raw", lab, by)
    assigned = assign_what_is_sure(batch, by)
    settled = settle(campaign, batch, by)
    from measurements.models import InboxRow, RowState

    waiting = InboxRow.objects.filter(batch=batch, state=RowState.WAITING).count()
    say(f"{len(names)} files: {assigned} assigned at once, {settled} settled by the answer key, {waiting} wait")
    return Taken(lab, by, batch, len(names), assigned + settled, waiting)


def import_records(folder: Path) -> "tuple[Lab, User]":
    """Found a lab and import the tables of a campaign; raises ValueError when one is not in order."""
    from labbook.models import User
    from samples.demonstration.loading import OWNER_EMAIL, found_first_lab
    from samples.importing.running import import_tables
    from samples.importing.tables import sources_in

    lab = found_first_lab(name="Campaign", slug="campaign")
    by = User.objects.get(email=OWNER_EMAIL)
    report = import_tables(lab=lab, by=by, sources=sources_in(folder))
    if report.errors:
        raise ValueError("; ".join(f"{one.file} line {one.row}: {one.message}" for one in report.errors[:5]))
    return lab, by


def receive_files(folder: Path, lab: "Lab", by: "User") -> "tuple[Batch, list[FileName]]":
    """Receive every file below a folder in one batch, have it read, and propose where it belongs."""
    from labbook.journal import journal_of
    from measurements.services.batches import start_batch
    from measurements.services.proposing import propose_for
    from measurements.services.reading import read_soon
    from measurements.services.receiving import name_file, store_stream

    with journal_of(lab, by=by) as journal:
        batch = start_batch(journal, title=folder.name, origin="folder")
    names = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        with path.open("rb") as stream:
            stored = store_stream(stream)
        inside = path.parent.relative_to(folder).as_posix()
        with journal_of(lab, by=by) as journal:
            names.append(name_file(journal, batch=batch, name=path.name, folder=inside, stored=stored))
        read_soon(names[-1].raw_file, by=by)
    propose_for(batch, names)
    return batch, names


def assign_what_is_sure(batch: "Batch", by: "User") -> int:
    """Commit the lines that the match table ticks by itself."""
    from measurements.matching.proposal import PRESELECTED
    from measurements.models import InboxRow, RowState

    sure = InboxRow.objects.filter(batch=batch, state=RowState.WAITING, confidence_percent__gte=PRESELECTED)
    return committed(batch, by, [row.pk for row in sure])


def committed(batch: "Batch", by: "User", ids: list[int]) -> int:
    """Commit lines of a batch and return how many measurements that made."""
    from labbook.journal import journal_of
    from measurements.models import InboxRow
    from measurements.services.committing import commit_rows

    rows = list(InboxRow.objects.filter(pk__in=ids))
    if not rows:
        return 0
    with journal_of(batch.lab, by=by) as journal:
        receipt = commit_rows(journal, batch, rows)
    return receipt.measurements.count()


def settle(campaign: Path, batch: "Batch", by: "User") -> int:
    """Settle the waiting lines by the campaign's answer key, as a person would in the match table."""
    key = campaign / "manifest.csv"
    if not key.is_file():
        return 0
    answers = answers_in(campaign)
    from measurements.models import InboxRow, RowState

    waiting = InboxRow.objects.filter(batch=batch, state=RowState.WAITING).select_related("file_name", "recording")
    done = []
    for row in waiting:
        answer = answers.get(f"raw/{row.file_name.folder}/{row.file_name.name}")
        if answer is not None and row.recording is not None:
            fill_line(batch, row, answer, by)
            done.append(row.pk)
    return committed(batch, by, done)


def answers_in(campaign: Path) -> dict[str, dict[str, str]]:
    """Return the key's line of each readable file, with the name it should have had where the key tells that too."""
    with (campaign / "manifest.csv").open(newline="") as rows:
        answers = {row["file"]: row for row in csv.DictReader(rows) if row["sample_code"] and row["parseable"] == "yes"}
    truth = campaign / "truth.json"
    names = json.loads(truth.read_text()).get("awkward_names", {}) if truth.is_file() else {}
    return {file: {**row, "proper_name": names.get(file, {}).get("proper_name", "")} for file, row in answers.items()}


def fill_line(batch: "Batch", row: "object", answer: dict[str, str], by: "User") -> None:
    """Write sample, technique and rung of a line as the answer key has them."""
    from measurements.models import InboxRow
    from measurements.services.inbox_editing import SETTERS, Editor
    from samples.models import Sample

    assert isinstance(row, InboxRow)
    editor = Editor("KEY", lambda code: Sample.objects.get(lab=batch.lab, code=code))
    SETTERS["sample"](row, answer["sample_code"], editor)
    SETTERS["technique"](
        row, answer["technique"].split()[0] if "TEM" not in answer["technique"] else answer["technique"], editor
    )
    rung = rung_text(answer, batch, row.part)
    if rung:
        SETTERS["rung"](row, rung, editor)
    row.save()


def technique_of(answer: dict[str, str]) -> str:
    """Return what was measured in the words of the match table; the key adds what it was measured for."""
    words = answer["technique"].split()
    return answer["technique"] if words[0] == "TEM" else words[0]


def rung_text(answer: dict[str, str], batch: "Batch", part: str) -> str:
    """Return the rung of an answer in words; a pressure beside a rung that is there means that rung."""
    from measurements.matching.rungs import rung_in, said
    from measurements.models import Rung

    proper = Path(answer["proper_name"]).stem.removeprefix(answer["sample_code"]).replace("_", " ")
    if proper.strip():
        return said(rung_in(proper, is_sphere=True).rung)
    words = []
    if answer["pressure_GPa"]:
        told = float(answer["pressure_GPa"])
        rungs = Rung.objects.filter(series__sample__code=answer["sample_code"], unit="GPa", series__lab=batch.lab)
        near = [
            float(one.nominal) for one in rungs if abs(float(one.nominal) - told) <= max(SAME_RUNG_GPA, 0.02 * told)
        ]
        words.append(f"{min(near, key=lambda one: abs(one - told)) if near else told:g} GPa")
    if answer["temperature_K"] not in {"", "295"}:
        words.append(f"{answer['temperature_K']} K")
    if answer["age_d"] not in {"", "0"}:
        words.append(f"{answer['age_d']} d")
    return " ".join([*words, part] if words and part else words)
