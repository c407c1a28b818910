"""A structure from the text of a CIF."""

from typing import TYPE_CHECKING

from analysis.physics.diffraction.structures import Site, Structure
from analysis.physics.refusing import CannotAnalyse

if TYPE_CHECKING:
    import gemmi

# 8 π²: turns a mean square displacement U in Å² into B.
B_PER_U = 78.95683520871486
USUAL_B_ANGSTROM2 = 2.0


def structure_of_cif(text: str, *, b_iso_angstrom2: float | None = None) -> Structure:
    """Return the first structure of a CIF; every site has the stated B, or its own, or 2 Å² where it states none.

    Raises CannotAnalyse for text that is no CIF or has no cell, no known space group or no atoms.
    """
    small = small_structure(text)
    cell = small.cell
    sites = tuple(site_of(one, b_iso_angstrom2) for one in small.sites)
    if not sites:
        raise CannotAnalyse("The CIF lists no atoms.")
    return Structure(
        small.name, group_name(small), (cell.a, cell.b, cell.c), sites, f"CIF {small.name}",
        (cell.alpha, cell.beta, cell.gamma),
    )  # fmt: skip


def small_structure(text: str) -> "gemmi.SmallStructure":
    """Return the first block that has a cell."""
    import gemmi

    try:
        document = gemmi.cif.read_string(text)
        block = next((one for one in document if one.find_value("_cell_length_a") is not None), None)
        small = None if block is None else gemmi.make_small_structure_from_block(block)
    except (ValueError, RuntimeError) as error:
        raise CannotAnalyse(f"The CIF is broken: {str(error)[:120]}") from error
    if small is None or not small.cell.volume > 1:
        raise CannotAnalyse("The CIF has no cell; give one of a small structure.")
    return small


def group_name(small: "gemmi.SmallStructure") -> str:
    """Return the symbol of the space group in the setting of the CIF."""
    import gemmi

    group = gemmi.find_spacegroup_by_name(small.spacegroup_hm or "?", small.cell.alpha, small.cell.gamma)
    if group is None:
        raise CannotAnalyse("The CIF names no space group that is known; give its Hermann–Mauguin symbol.")
    return str(group.xhm())


def site_of(site: "gemmi.SmallStructure.Site", b_iso_angstrom2: float | None) -> Site:
    """Return one site with its displacement."""
    own = site.u_iso * B_PER_U if site.u_iso > 0 else USUAL_B_ANGSTROM2
    b_iso = own if b_iso_angstrom2 is None else b_iso_angstrom2
    place = site.fract
    return Site(site.label, site.element.name, place.x, place.y, place.z, b_iso, site.occ)
