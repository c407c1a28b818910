"""Spectra, line scans and maps saved as XML by Horiba LabSpec 6: a tree of numbered nodes and a matrix of rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from measurements.readers.parts.labspec_keys import AXIS_NAMES, measured_of, settings_of, unit_of
from measurements.readers.parts.ruby_line import technique_of
from measurements.readers.parts.text import is_number
from measurements.readers.parts.xml_tree import xml_of
from measurements.readers.recording import Axis, Caution, Channel, Numbers, Recording, Role, ascending
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# A map has as many rows as spectra; beyond this the tree alone would fill the memory.
MOST_TAGS = 1_000_000
# Nodes carry numbers for names.
AXES, AXIS_VALUES, AXIS_TYPE, UNIT = "0x7B697861", "0x7D6CD4DB", "0x6D707974", "0x7C696E75"
KEY, VALUE, EXACT_VALUE, TITLE = "0x6D6D616E", "0x7D6C61DB", "0x8736F70", "0x6C7469D9"


def recognises(source: Source) -> bool:
    """Say whether the document's first element is LabSpec's."""
    head = source.head[:2048]
    return b"<LSX_Data" in head or b"<LSX_Data".decode().encode("utf-16-le") in head


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording: a curve, or all spectra of a line scan or a map with their places."""
    if source.content.count(b"<") > MOST_TAGS:
        raise Unread(f"The XML has more than {MOST_TAGS:,} tags", offset_bytes=0)
    root = xml_of(source.content, name="The LabSpec XML")
    tree, matrix = root.find("LSX_Tree"), root.find("LSX_Matrix")
    if root.tag != "LSX_Data" or tree is None or matrix is None:
        raise Unread("The tree or the matrix of a LabSpec file is missing", offset_bytes=0)
    signal, x, places = _axes(tree)
    rows = _rows(matrix, len(x.values), places)
    channels, said = _channels(signal, x, places, rows)
    header, exact = _header(tree)
    settings = settings_of(header)
    if (laser_nm := _exact(exact, "Laser (nm)")) is not None:
        settings["laser_nm"] = laser_nm
    measured, undated = measured_of(header)
    title = next((node.text or "" for node in tree.findall("LSX") if node.get("ID") == TITLE), "")
    return (
        Recording(
            technique=technique_of(channels[0], settings.get("laser_nm")),
            channels=channels,
            label=title.strip(),
            instrument=f"Horiba {header.get('Instrument', ('LabSpec',))[0]}",
            measured=measured,
            settings=settings,
            header=header,
            cautions=said + undated,
        ),
    )


def _child(node: "Element", number: str) -> "Element | None":
    return next((child for child in node if child.get("ID") == number), None)


def _text(node: "Element", number: str) -> str:
    child = _child(node, number)
    return (child.text or "").strip() if child is not None else ""


def _axes(tree: "Element") -> tuple[tuple[str, str], Axis, list[Axis]]:
    """Return name and unit of the intensity, the spectral axis, and those of the places with more than one."""
    parent = next((node for node in tree.iter("LSX") if node.get("ID") == AXES), None)
    if parent is None or len(parent) < 2:
        raise Unread("The axes are missing", offset_bytes=0)
    signal = (_text(parent[0], AXIS_TYPE), unit_of(_text(parent[0], UNIT)))
    unit = unit_of(_text(parent[1], UNIT))
    x = Axis(AXIS_NAMES.get(unit, _text(parent[1], AXIS_TYPE)), unit, _values_of(parent[1], "the spectral axis"))
    places = []
    for node in parent[2:]:
        values = _values_of(node, "an axis") if _child(node, AXIS_VALUES) is not None else np.zeros(1)
        if len(values) > 1:
            places.append(Axis(_text(node, AXIS_TYPE), unit_of(_text(node, UNIT)), values))
    return signal, x, places


def _values_of(axis: "Element", name: str) -> Numbers:
    node = _child(axis, AXIS_VALUES)
    if node is None:
        raise Unread(f"The values of {name} are missing", offset_bytes=0)
    return _numbers(node, name)


def _numbers(node: "Element", name: str) -> Numbers:
    """Return the numbers in a node, as many as it promises.

    Raises Unread for more or fewer, and for text among them.
    """
    cells = (node.text or "").split()
    stated = node.get("Size", "")
    if stated != str(len(cells)) or not cells:
        raise Unread(f"{len(cells):,} of {stated or '?'} values in {name}", offset_bytes=0)
    try:
        values = np.array([float(cell) for cell in (node.text or "").replace(",", ".").split()])
    except ValueError as error:
        wrong = next((cell for cell in cells if not is_number(cell)), "")
        raise Unread(f"“{wrong[:40]}” in {name} is not a number", offset_bytes=0) from error
    if "_" in (node.text or "") or not np.isfinite(values).all():
        raise Unread(f"A number in {name} is beyond all measure", offset_bytes=0)
    return values


def _rows(matrix: "Element", width: int, places: Sequence[Axis]) -> Numbers:
    rows = [_numbers(row, f"row {index}") for index, row in enumerate(matrix.findall("LSX_Row"), start=1)]
    expected = int(np.prod([len(place.values) for place in places], dtype=float))
    if len(rows) != expected:
        raise Unread(f"{len(rows):,} of {expected:,} spectra", offset_bytes=0)
    for index, row in enumerate(rows, start=1):
        if len(row) != width:
            raise Unread(f"Row {index:,} has {len(row):,} of {width:,} values", offset_bytes=0)
    return np.stack(rows)


def _channels(
    signal: tuple[str, str], x: Axis, places: Sequence[Axis], rows: Numbers
) -> tuple[tuple[Channel, ...], tuple[Caution, ...]]:
    name = "intensity" if signal[0] in {"", "Intens"} else signal[0]
    if not places:
        values, axes, said = ascending(rows[0], x)
        return (Channel(name, signal[1], values, axes),), said
    if len(places) == 1:
        values, axes, said = ascending(rows, places[0], x)
        return (Channel(name, signal[1], values, axes),), said
    points = Axis("point", "", np.arange(1, len(rows) + 1, dtype=float))
    values, axes, said = ascending(rows, points, x)
    return (Channel(name, signal[1], values, axes), *_places(places, points)), said


def _places(places: Sequence[Axis], points: Axis) -> Iterator[Channel]:
    """Yield where every point lies: the first of the axes runs fastest."""
    grids = np.meshgrid(*(place.values for place in reversed(places)), indexing="ij")
    for place, grid in zip(places, reversed(grids), strict=True):
        yield Channel(place.name, place.unit, grid.ravel(), (points,), Role.MONITOR)


def _header(tree: "Element") -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return all keys with their values as written, and the exact numbers that some have beside them."""
    header: dict[str, tuple[str, ...]] = {}
    exact: dict[str, str] = {}
    for node in tree.iter("LSX"):
        texts = {child.get("ID"): (child.text or "").strip() for child in reversed(node)}
        if key := texts.get(KEY, ""):
            header[key] = (*header.get(key, ()), texts.get(VALUE, ""))
            exact.setdefault(key, texts.get(EXACT_VALUE, ""))
    return header, exact


def _exact(exact: Mapping[str, str], key: str) -> float | None:
    value = exact.get(key, "")
    return float(value.replace(",", ".")) if is_number(value) else None
