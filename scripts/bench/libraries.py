"""The libraries that read some of our formats by themselves; readers are held against their speed."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def rosettasciio_digital_micrograph(path: Path) -> object:
    """Read a DigitalMicrograph file."""
    from rsciio.digitalmicrograph import file_reader

    return file_reader(str(path))


def rosettasciio_hamamatsu(path: Path) -> object:
    """Read a streak image."""
    from rsciio.hamamatsu import file_reader

    return file_reader(str(path))


def rosettasciio_jobinyvon(path: Path) -> object:
    """Read LabSpec XML."""
    from rsciio.jobinyvon import file_reader

    return file_reader(str(path), use_uniform_signal_axis=False)


def rosettasciio_tiff(path: Path) -> object:
    """Read a TIFF image with its axes."""
    from rsciio.tiff import file_reader

    return file_reader(str(path))


def renishaw_wdf(path: Path) -> object:
    """Read what the reader reads of a WiRE file: every spectrum, the axis, and four sets of settings to their depth."""
    library: Any = import_module("wdf")
    with library.Wdf(str(path)) as file:
        spectra = [file[index] for index in range(len(file))]
        present = {section.id for section in file.sections()}
        wanted = [int.from_bytes(name, "little") for name in (b"WXDM", b"WXIS", b"WXCS", b"WXDA")]
        settings = [plain(file.get_section_properties(one, -1)) for one in wanted if one in present]
        return spectra, file.xlist(), settings


def plain(properties: Any) -> list[tuple[str, object]]:
    """Return all values of the maker's sets of properties; each is taken apart when it is asked for."""
    values = [(name, item.value) for name, item in properties or ()]
    return [pair for name, value in values for pair in (plain(value) if hasattr(value, "keys") else [(name, value)])]


def jcamp(path: Path) -> object:
    """Read a JCAMP-DX file."""
    from jcamp import readfile

    return readfile(str(path))


def spc_io(path: Path) -> object:
    """Read a GRAMS file."""
    from spc_io import SPC

    with path.open("rb") as stream:
        return [(one.xarray, one.yarray) for one in SPC.from_bytes_io(stream)]


def gemmi(path: Path) -> object:
    """Read a CIF structure."""
    import gemmi as library

    return library.make_small_structure_from_block(library.cif.read(str(path)).sole_block())


# Reader → the library's own call for the same file.
LIBRARIES: dict[str, Callable[[Path], object]] = {
    "digital_micrograph": rosettasciio_digital_micrograph,
    "tiff_image": rosettasciio_tiff,
    "hamamatsu_img": rosettasciio_hamamatsu,
    "hamamatsu_tif": rosettasciio_tiff,
    "labspec_xml": rosettasciio_jobinyvon,
    "renishaw_wdf": renishaw_wdf,
    "jcamp_dx": jcamp,
    "galactic_spc": spc_io,
    "cif": gemmi,
}
