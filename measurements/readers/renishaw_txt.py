"""Spectra, series and maps exported as text by Renishaw WiRE, which names its columns but not their units."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from measurements.readers.parts.numeric_rows import Row, columns_with_gaps, without_cut_row
from measurements.readers.parts.renishaw_axis import x_of
from measurements.readers.parts.ruby_line import shows_ruby, wavelength_of_shift_nm
from measurements.readers.parts.text import Text, text_of
from measurements.readers.recording import Axis, Caution, Channel, Numbers, Recording, Role, Technique, ascending
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

NAME = re.compile(r"#\s*([^#\t]+?)\s*(?=#|\t|$)")
POSITION_UNITS = {"X": "µm", "Y": "µm", "Z": "µm", "Time": "s", "Temperature": ""}
# Maps of thousands of spectra are read without holding their lines; their places in memory are ten times the text.
LARGE_BYTES = 8 * 1024 * 1024
MOST_BYTES = 160 * 1024 * 1024
# A shift only names ruby together with the laser; these are the lines that such microscopes have.
LASERS_NM = (532.0, 514.5, 488.0)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Spectra one below the other: `keys` of shape (columns, spectra), values of shape (spectra, n)."""

    keys: Numbers
    x: Numbers
    values: Numbers


def recognises(source: Source) -> bool:
    """Say whether the first line names the columns, wave and intensity among them."""
    return bool(_names(source.head_text.split("\n", 1)[0]))


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording: a curve, or all spectra of a series or a map with their places."""
    if source.size_bytes > MOST_BYTES:
        raise Unread(f"The file has {source.size_bytes:,} bytes; exports of up to {MOST_BYTES:,} are read")
    names = _names(source.head_text.split("\n", 1)[0])
    if not names:
        raise Unread("The names of the columns are missing", line=1)
    if source.size_bytes > LARGE_BYTES:
        lines, table, said = _large_table(source, len(names))
    else:
        lines, table, said = _table(text_of(source), len(names))
    blocks = _blocks(names, table, lines)
    channels, turned = _channels(names, blocks)
    x, unit_said = x_of(channels[0].x.values)
    channels = tuple(_with_x(channel, x) for channel in channels)
    technique, technique_said = _technique(channels[0])
    return (
        Recording(
            technique=technique,
            channels=channels,
            instrument="Renishaw WiRE",
            header={"columns": tuple(f"#{name}" for name in names)},
            cautions=said + turned + unit_said + technique_said,
        ),
    )


def _names(line: str) -> list[str]:
    """Return the columns' names, or none for a line that is no such header."""
    names = NAME.findall(line.strip())
    return names if line.startswith("#") and names[-2:] == ["Wave", "Intensity"] else []


def _table(text: Text, width: int) -> tuple[Sequence[int], Numbers, tuple[Caution, ...]]:
    found: list[Row] = [(number, line.split()) for number, line in enumerate(text.lines[1:], start=2) if line.strip()]
    if not found:
        raise Unread("There are no data below the header", line=1)
    rows, cut = without_cut_row(found, text, width, has_fixed_decimals=True)
    for number, cells in rows:
        if len(cells) != width:
            raise Unread(f"{len(cells)} of {width} numbers", line=number)
    table, gaps = columns_with_gaps(rows, width, keys=width - 1)
    return [number for number, _ in rows], table, text.cautions + cut + gaps


def _large_table(source: Source, width: int) -> tuple[Sequence[int], Numbers, tuple[Caution, ...]]:
    """Read the numbers of a large map straight from the file.

    Raises Unread where a row has text, or fewer cells than the first.
    """
    source.stream.seek(0)
    try:
        table = np.loadtxt(source.stream, comments=None, skiprows=1, ndmin=2, encoding="latin-1")
    except ValueError as error:
        found = re.search(r"at row (\d+)", str(error))
        line = int(found[1]) + 2 if found else None
        raise Unread(f"A row is no row of numbers: {error}"[:160], line=line) from error
    if table.shape[1] != width or not np.isfinite(table[:, :-1]).all():
        raise Unread(f"The rows do not have {width} numbers", line=2)
    gaps = np.flatnonzero(~np.isfinite(table[:, -1]))
    table[gaps, -1] = np.nan
    said = (Caution(f"{len(gaps):,} values are no numbers and stay gaps", line=int(gaps[0]) + 2),) if len(gaps) else ()
    return range(2, len(table) + 2), table.T, said


def _blocks(names: Sequence[str], table: Numbers, lines: Sequence[int]) -> Blocks:
    """Cut the table where a place or a time changes; every spectrum must have the same x.

    Raises Unread at the first spectrum that is shorter or lies elsewhere.
    """
    keys, x, values = table[:-2], table[-2], table[-1]
    if not len(keys):
        return Blocks(keys, x, values[np.newaxis])
    # A place that is visited twice in a row begins anew at the first x.
    changes = np.flatnonzero((np.diff(keys, axis=1) != 0).any(axis=0) | (x[1:] == x[0])) + 1
    starts = np.concatenate(([0], changes))
    length = int(starts[1]) if len(starts) > 1 else len(x)
    for start, end in zip(starts, [*starts[1:], len(x)], strict=True):
        if end - start != length:
            raise Unread(f"A spectrum has {end - start:,} of {length:,} points", line=lines[int(start)])
        if not np.array_equal(x[start:end], x[:length]):
            raise Unread("A spectrum has another x axis than the first", line=lines[int(start)])
    return Blocks(keys[:, starts], x[:length], values.reshape(len(starts), length))


def _channels(names: Sequence[str], blocks: Blocks) -> tuple[tuple[Channel, ...], tuple[Caution, ...]]:
    x = Axis("", "", blocks.x)
    if not len(blocks.keys):
        values, axes, turned = ascending(blocks.values[0], x)
        return (Channel("intensity", "", values, axes),), turned
    if len(blocks.keys) == 1:
        first = Axis(names[0].lower(), POSITION_UNITS.get(names[0], ""), blocks.keys[0])
        values, axes, turned = ascending(blocks.values, first, x)
        return (Channel("intensity", "", values, axes),), turned
    points = Axis("point", "", np.arange(1, len(blocks.values) + 1, dtype=float))
    values, axes, turned = ascending(blocks.values, points, x)
    places = (
        Channel(name, POSITION_UNITS.get(name, ""), place, (points,), Role.MONITOR)
        for name, place in zip(names, blocks.keys, strict=False)
    )
    return (Channel("intensity", "", values, axes), *places), turned


def _with_x(channel: Channel, x: Axis) -> Channel:
    if channel.role is Role.MONITOR:
        return channel
    return Channel(channel.name, channel.unit, channel.values, (*channel.axes[:-1], x), channel.role)


def _technique(channel: Channel) -> tuple[Technique, tuple[Caution, ...]]:
    """Return what the numbers show for certain; a map or series of ruby is a map like any other."""
    x, is_curve = channel.x, channel.values.ndim == 1
    if x.unit == "nm":
        is_ruby = is_curve and shows_ruby(x.values, channel.values)
        return (Technique.RUBY if is_ruby else Technique.PL), ()
    if x.unit != "1/cm":
        return Technique.SPECTRUM, ()
    # A window far above any vibration, with the R lines in it.
    if is_curve and x.values[0] > 3700:
        for laser_nm in LASERS_NM:
            if shows_ruby(wavelength_of_shift_nm(x.values, laser_nm), channel.values):
                said = f"the strongest line lies where ruby emits with a laser of {laser_nm:g} nm, which is not stated"
                return Technique.RUBY, (Caution(said),)
    return Technique.RAMAN, ()
