"""Log sheets for computers without a network: what is to be measured, under names that find their sample again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from measurements.matching.rungs import Rung, said
from measurements.techniques import TECHNIQUES, Along, Technique

# What the columns of the table are called; the inbox reads them back by these words.
COLUMN_OF_RUNG = {Along.PRESSURE: "pressure", Along.TEMPERATURE: "temperature", Along.AGE: "age"}
REST = ("technique", "spot", "time", "remark")
# How the files of a technique usually end; the inbox ignores it.
SUFFIXES = {
    Technique.TEM_IMAGE: ".dm4", Technique.TEM_EDGES: ".csv", Technique.XRD: ".raw", Technique.TRPL: ".img",
    Technique.STRUCTURE: ".cif",
}  # fmt: skip
UNSAFE_START = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One file to come."""

    file: str
    sample: str
    rung: str
    technique: str


def log_lines(codes: Sequence[str], rungs: Sequence[Rung], technique: Technique, *, repeats: int = 1) -> list[LogLine]:
    """Return a line for every sample, rung and repeat, in the order in which one measures."""
    return list(lines_of(codes, rungs or [Rung()], technique, repeats))


def lines_of(codes: Sequence[str], rungs: Sequence[Rung], technique: Technique, repeats: int) -> Iterator[LogLine]:
    """Yield the lines of `log_lines`."""
    for code in codes:
        for rung in rungs:
            for number in range(1, repeats + 1):
                numbered = replace(rung, replicate=number if repeats > 1 else None)
                yield LogLine(name_of(code, rung, technique, number), code, said(numbered), technique.value)


def name_of(code: str, rung: Rung, technique: Technique, number: int = 1) -> str:
    """Return the suggested name of a file, such as "NC-024-F2_PL_1.27GPa_01.txt"."""
    words = [said(replace(rung, branch="", part="", spot="", replicate=None)).replace(" ", "")]
    words += [rung.branch, rung.part, rung.spot.replace(" ", "")]
    parts = [code, short_of(technique), *words, f"{number:02}"]
    return "_".join(part for part in parts if part) + SUFFIXES.get(technique, ".txt")


def short_of(technique: Technique) -> str:
    """Return the word of a technique in a file's name, one that means this technique alone."""
    words = TECHNIQUES[technique].words
    return technique.value if technique.value.lower() in words or not words else words[0]


def table_of(lines: Sequence[LogLine], along: Along | None) -> str:
    """Return the lines as a table with tabs, its columns named so that the inbox reads it back."""
    head = ("file", "sample", COLUMN_OF_RUNG[along] if along else "rung", *REST)
    rows = [head, *((line.file, line.sample, line.rung, line.technique, "", "", "") for line in lines)]
    return "".join("\t".join(guarded(cell) for cell in row) + "\r\n" for row in rows)


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(UNSAFE_START) else cell
