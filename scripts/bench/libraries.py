"""The libraries that read some of our formats by themselves; readers are held against their speed."""

from collections.abc import Callable
from pathlib import Path


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
    """Read every spectrum of a WiRE file."""
    from wdf import Wdf

    with Wdf(str(path)) as file:
        return [file[index] for index in range(len(file))], file.xlist()


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
