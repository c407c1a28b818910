"""Lists of particle edges measured on TEM images: one number per line, or a table with a column of edges in nm."""

import csv
import re
from dataclasses import dataclass

import numpy as np

from measurements.readers.parts.text import Text, is_number, number, text_of
from measurements.readers.parts.tiff_scale import worded_nm_per_px
from measurements.readers.recording import Axis, Caution, Channel, Numbers, Recording, Role, Setting, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

EDGE = re.compile(r"(?<![a-z])edges?(?![a-z])|kante|side[ _-]?length|seitenl", re.IGNORECASE)
# Edges of spectra are in nm too, and a scale in nm per pixel does not make the edges nm.
NO_EDGE = re.compile(r"absorption|band|wavelength|wellenl|slope|optical", re.IGNORECASE)
NM = re.compile(r"(?<![a-z0-9])nm(?![a-z])(?!\s*(?:/|per)\s*(?:px|pixel))", re.IGNORECASE)
# A title ends with its unit; prose has a number before it.
TITLE = re.compile(r"(?<![a-z0-9])(?<!\d )nm\s*[)\]]?\s*$", re.IGNORECASE)
ERROR = re.compile(r"std|err|sigma|±|uncert|fehler", re.IGNORECASE)
# "Maßstab ± 0,5 %", "scale 0.220 nm/px +/- 1 %".
SCALE_ERROR = re.compile(r"(?:scale|maßstab|calibration)[^±+]{0,40}(?:±|\+/-)\s*(\d+(?:[.,]\d+)?)\s*%", re.IGNORECASE)
PARTICLE = re.compile(r"^(particle|partikel|teilchen|nr\.?|no\.?|#|n|index|id)\b", re.IGNORECASE)
IMAGE = re.compile(r"^(image|bild|file|datei|micrograph)\b", re.IGNORECASE)
MARKS = (";", "\t", ",")
HEADER_LINES = 40
LONGEST_TITLE = 80
LONGEST_HEADER = 400
MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the numbers begin, what separates cells, and which column is which."""

    first_row: int
    mark: str
    names: tuple[str, ...]
    edges: tuple[int, ...]
    particle: int | None = None
    image: int | None = None


def recognises(source: Source) -> bool:
    """Look for a comment or a column title that names edges in nm, with cells of numbers or words below it."""
    return _layout(source.head_lines[:HEADER_LINES]) is not None


def read(source: Source) -> tuple[Recording, ...]:
    """Return the edges over the particles' numbers.

    Raises Unread at the first line whose edge is not a number.
    """
    if source.size_bytes > MOST_BYTES:
        raise Unread(f"The list has {source.size_bytes:,} bytes; lists up to {MOST_BYTES:,} are read")
    text = text_of(source)
    layout = _layout(text.lines[:HEADER_LINES])
    if layout is None:
        raise Unread("No column of edges in nm was found", line=1)
    rows = _rows(text, layout)
    if not rows:
        raise Unread("The list has no edges", line=layout.first_row + 1)
    axis, said = _particles(rows, layout)
    edges = _edges(rows, layout, axis)
    images, image_header = _images(rows, layout, axis)
    titles = 1 if layout.names else 0
    preamble = tuple(line.strip("# ;\t") for line in text.lines[: layout.first_row - titles] if line.strip("# ;\t"))
    return (
        Recording(
            technique=Technique.TEM_EDGES,
            channels=(*edges, *images),
            settings=_settings(preamble, layout.names),
            header={"comment": preamble, "titles": layout.names, **image_header},
            cautions=(*text.cautions, *said, *_doubtful(edges[0].values, rows)),
        ),
    )


def _layout(lines: tuple[str, ...]) -> Layout | None:
    named = False
    for index, line in enumerate(lines):
        stripped = line.strip()
        if stripped.startswith(("#", "%", "//")):
            named = named or _names_edges(stripped)
            if _is_title(stripped.lstrip("#%/ ")) and not _is_single(lines, index):
                return _table(stripped.lstrip("#%/ "), index)
            continue
        if not stripped:
            continue
        if named and is_number(stripped):
            return Layout(index, "\0", (), (0,))
        if _is_title(line):
            return _table(line, index)
    return None


def _names_edges(text: str) -> bool:
    words = text.replace("_", " ")
    return bool(EDGE.search(words) and NM.search(words) and not NO_EDGE.search(words))


def _is_title(line: str) -> bool:
    if len(line) > LONGEST_HEADER or not _names_edges(line):
        return False
    cells = (cell.strip(' "') for mark in MARKS for cell in line.split(mark))
    return any(_is_edge_title(cell) for cell in cells)


def _is_edge_title(cell: str) -> bool:
    return len(cell) <= LONGEST_TITLE and _names_edges(cell) and bool(TITLE.search(cell.replace("_", " ")))


def _is_single(lines: tuple[str, ...], index: int) -> bool:
    """Say whether the lines below a comment hold one number each."""
    below = [line for line in lines[index + 1 :] if line.strip() and not line.strip().startswith("#")]
    return not below or is_number(below[0])


def _table(line: str, index: int) -> Layout | None:
    mark = next((mark for mark in MARKS if mark in line), "\0")
    names = _cells(line, mark)
    edges = tuple(place for place, name in enumerate(names) if _is_edge_title(name))
    if not edges:
        return None
    found = [next((n for n, name in enumerate(names) if kind.match(name)), None) for kind in (PARTICLE, IMAGE)]
    return Layout(index + 1, mark, names, edges, *found)


def _rows(text: Text, layout: Layout) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    for line, written in enumerate(text.lines[layout.first_row :], start=layout.first_row + 1):
        if not written.strip(" \t;,") or written.lstrip().startswith("#"):
            continue
        cells = list(_cells(written, layout.mark))
        if len(cells) <= max(layout.edges):
            raise Unread(f"The line has {len(cells)} of {len(layout.names)} cells", line=line)
        if layout.names and len(cells) > len(layout.names) and any(cells[len(layout.names) :]):
            raise Unread(f"The line has {len(cells)} cells under {len(layout.names)} titles", line=line)
        rows.append((line, cells))
    return rows


def _cells(line: str, mark: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in next(csv.reader([line], delimiter=mark))) if mark != "\0" else (line.strip(),)


def _edges(rows: list[tuple[int, list[str]]], layout: Layout, axis: Axis) -> tuple[Channel, ...]:
    """Return a channel for each column of edges, those of uncertainties last."""
    found = []
    for place in layout.edges:
        title = layout.names[place] if layout.names else ""
        role = Role.STDERR if ERROR.search(title) else Role.SIGNAL
        values = np.array([number(cells[place], line=line) for line, cells in rows])
        found.append(Channel("edge" if len(layout.edges) == 1 else title, "nm", values, (axis,), role))
    return tuple(sorted(found, key=lambda channel: channel.role is Role.STDERR))


def _particles(rows: list[tuple[int, list[str]]], layout: Layout) -> tuple[Axis, tuple[Caution, ...]]:
    counted = np.arange(1, len(rows) + 1, dtype=float)
    if layout.particle is None:
        return Axis("particle", "particle", counted), ()
    if all(is_number(cells[layout.particle]) for _, cells in rows):
        numbers = np.array([number(cells[layout.particle], line=line) for line, cells in rows])
        if np.all(np.diff(numbers) > 0):
            return Axis("particle", "particle", numbers), ()
    said = Caution("the particles are not numbered upwards; they were counted", line=rows[0][0])
    return Axis("particle", "particle", counted), (said,)


def _images(
    rows: list[tuple[int, list[str]]], layout: Layout, axis: Axis
) -> tuple[tuple[Channel, ...], dict[str, tuple[str, ...]]]:
    """Return the column that says on which image a particle was; names are numbered, and kept as a header."""
    if layout.image is None:
        return (), {}
    place = layout.image
    written = tuple(cells[place] if place < len(cells) else "" for _, cells in rows)
    if all(is_number(cell) for cell in written):
        return (Channel("image", "", np.array([number(cell) for cell in written]), (axis,), Role.MONITOR),), {}
    order = {name: count for count, name in enumerate(dict.fromkeys(written), start=1)}
    numbers = np.array([float(order[name]) for name in written])
    return (Channel("image", "", numbers, (axis,), Role.MONITOR),), {layout.names[place]: written}


def _settings(preamble: tuple[str, ...], titles: tuple[str, ...]) -> dict[str, Setting]:
    found: dict[str, Setting] = {"comment": " | ".join(preamble)} if preamble else {}
    scale = next((nm for line in preamble if (nm := worded_nm_per_px(line))), None)
    if scale is not None:
        found["nm_per_px"] = scale
    error = next((error for line in (*preamble, *titles) if (error := SCALE_ERROR.search(line))), None)
    if error:
        found["scale_stderr_percent"] = float(error[1].replace(",", "."))
    return found


def _doubtful(edges: Numbers, rows: list[tuple[int, list[str]]]) -> tuple[Caution, ...]:
    bad = np.flatnonzero(edges <= 0)
    return (Caution(f"{len(bad):,} edges are not above zero", line=rows[int(bad[0])][0]),) if len(bad) else ()
