"""Structures in CIF: the cell, its symmetry and what it holds, one recording per block that has a cell."""

import math
import re
from typing import TYPE_CHECKING

from measurements.readers.parts.powder_pattern import stated
from measurements.readers.parts.text import text_of
from measurements.readers.recording import Caution, Recording, Setting, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

if TYPE_CHECKING:
    import gemmi

BLOCK = re.compile(r"data_\S", re.IGNORECASE)
TAG = re.compile(r"^\s*_[A-Za-z]", re.MULTILINE)
PLACE = re.compile(r":(\d+)(?::\d+(?:\(\d+\))?| in [^:]*): ?(.*)", re.DOTALL)
CELL = ("length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma")
LONGEST_ANGSTROM = 10_000.0
# Lists of reflections and whole files that programs embed are no header.
MOST_LOOP_ROWS = 500
QUOTES = "'\";"
MOST_VALUE_CHARACTERS = 5_000
VOLUME_TOLERANCE_FRACTION = 0.005


def recognises(source: Source) -> bool:
    """Say whether the first line that is no comment opens a CIF block with tags in it."""
    text = source.head_text
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return BLOCK.match(first) is not None and TAG.search(text) is not None


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording per structure; a structure has no curve, its cell is in the settings.

    Raises Unread, naming the line, for broken CIF, and for one without a cell.
    """
    import gemmi

    text = text_of(source)
    try:
        document = gemmi.cif.read_string("\n".join(text.lines))
    except (ValueError, RuntimeError, UnicodeError) as error:
        raise _unread(error) from error
    blocks = [block for block in document if block.find_value("_cell_length_a") is not None]
    if not blocks:
        is_other = any(block.find_value("_cell.length_a") is not None for block in document)
        raise Unread("The CIF is of macromolecules and is not read" if is_other else "The CIF has no cell", line=1)
    return tuple(_recording(block, text.cautions) for block in blocks)


def _unread(error: Exception) -> Unread:
    found = PLACE.search(str(error))
    if found is None:
        return Unread(f"The CIF is broken: {str(error)[:120]}", line=1)
    return Unread(f"The CIF is broken: {found[2].strip()[:120]}", line=int(found[1]))


def _recording(block: "gemmi.cif.Block", said: tuple[Caution, ...]) -> Recording:
    import gemmi

    _see_cell(block)
    try:
        structure = gemmi.make_small_structure_from_block(block)
    except (ValueError, RuntimeError) as error:
        raise _unread(error) from error
    settings, doubts = _settings(block, structure)
    return Recording(
        Technique.STRUCTURE,
        channels=(),
        label=block.name,
        instrument=_value(block, "_diffrn_measurement_device_type"),
        settings=settings,
        header=_header(block),
        cautions=said + doubts,
    )


def _see_cell(block: "gemmi.cif.Block") -> None:
    """Raise Unread for a cell that is missing in part or cannot be: the library would take defaults for it."""
    import gemmi

    for name in CELL:
        tag = f"_cell_{name}"
        value = gemmi.cif.as_number(block.find_value(tag) or "?")
        most = LONGEST_ANGSTROM if name.startswith("length") else 180.0
        if not math.isfinite(value) or not 0 < value < most:
            raise Unread(f"{tag} is missing or cannot be", line=_line(block, tag))


def _line(block: "gemmi.cif.Block", tag: str) -> int:
    item = block.find_pair_item(tag)
    return item.line_number if item is not None else 1


def _settings(
    block: "gemmi.cif.Block", structure: "gemmi.SmallStructure"
) -> tuple[dict[str, Setting], tuple[Caution, ...]]:
    cell = structure.cell
    if not math.isfinite(cell.volume) or cell.volume <= 0:
        raise Unread("The angles of the cell enclose no volume", line=_line(block, "_cell_angle_alpha"))
    elements = sorted({site.element.name for site in structure.sites})
    settings = stated(
        cell_a_angstrom=cell.a,
        cell_b_angstrom=cell.b,
        cell_c_angstrom=cell.c,
        cell_alpha_deg=cell.alpha,
        cell_beta_deg=cell.beta,
        cell_gamma_deg=cell.gamma,
        cell_volume_angstrom3=cell.volume,
        formula=_value(block, "_chemical_formula_sum"),
        chemical_name=_value(block, "_chemical_name_common") or _value(block, "_chemical_name_mineral"),
        space_group=structure.spacegroup_hm or _value(block, "_space_group_name_H-M_alt"),
        space_group_number=structure.spacegroup_number or None,
        site_count=len(structure.sites),
        elements=" ".join(elements),
        formula_units_count=_number(block, "_cell_formula_units_Z"),
        temperature_k=_number(block, "_diffrn_ambient_temperature") or _number(block, "_cell_measurement_temperature"),
        pressure_gpa=_pressure_gpa(block),
        wavelength_angstrom=_number(block, "_diffrn_radiation_wavelength"),
        database_code=_value(block, "_cod_database_code") or _value(block, "_database_code_ICSD"),
    )
    return settings, _doubts(block, structure, elements)


def _doubts(block: "gemmi.cif.Block", structure: "gemmi.SmallStructure", elements: list[str]) -> tuple[Caution, ...]:
    said: list[Caution] = []
    volume = _number(block, "_cell_volume")
    if volume and abs(volume / structure.cell.volume - 1) > VOLUME_TOLERANCE_FRACTION:
        said.append(
            Caution(
                f"the stated volume {volume:g} Å³ is not that of the cell, {structure.cell.volume:.4g} Å³",
                line=_line(block, "_cell_volume"),
            )
        )
    if not structure.sites:
        said.append(Caution("the structure lists no atoms"))
    if "X" in elements:
        said.append(Caution("some sites name no element that is known"))
    return tuple(said)


def _value(block: "gemmi.cif.Block", tag: str) -> str:
    import gemmi

    raw = block.find_value(tag)
    if raw is None or gemmi.cif.is_null(raw):
        return ""
    return " ".join(gemmi.cif.as_string(raw).split())


def _number(block: "gemmi.cif.Block", tag: str) -> float | None:
    import gemmi

    value = gemmi.cif.as_number(block.find_value(tag) or "?")
    return value if math.isfinite(value) else None


def _pressure_gpa(block: "gemmi.cif.Block") -> float | None:
    """Return the pressure of the measurement, which the dictionary of CIF wants in kilopascal."""
    pressure_kpa = _number(block, "_diffrn_ambient_pressure") or _number(block, "_cell_measurement_pressure")
    return None if pressure_kpa is None else round(pressure_kpa * 1e-6, 9)


def _header(block: "gemmi.cif.Block") -> dict[str, tuple[str, ...]]:
    from gemmi.cif import as_string

    header: dict[str, tuple[str, ...]] = {}
    for item in block:
        pair, loop = item.pair, item.loop
        if isinstance(pair, tuple):
            tag, value = pair
            if len(value) <= MOST_VALUE_CHARACTERS:
                header[tag] = (as_string(value).strip() if value[0] in QUOTES else value,)
        elif loop is not None and loop.length() <= MOST_LOOP_ROWS:
            tags = loop.tags
            plain = [as_string(value) if value[0] in QUOTES else value for value in loop.values]
            for column, tag in enumerate(tags):
                header[tag] = tuple(plain[column :: len(tags)])
    return header
