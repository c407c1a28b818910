"""Every reader in one table: what it reads, and the module that is imported when a file asks for it.

A reader's module has two functions. `recognises(source) -> bool` looks at the content, never at the name, and
is quick: it reads `source.head`, or a directory further on. `read(source) -> tuple[Recording, ...]` returns at
least one recording or raises Unread. `version` grows whenever a reader gives other values for the same bytes;
files read by an older version are read again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from measurements.readers.recording import Recording
from measurements.readers.source import Source


@dataclass(frozen=True, slots=True)
class Reader:
    """One format."""

    key: str
    title: str
    # What such files are usually called; shown to people, never used to recognise.
    suffixes: tuple[str, ...]
    version: int = 1
    # Asked only when no other reader knows the file.
    is_last_resort: bool = False

    def recognises(self, source: Source) -> bool:
        """Say whether the content is of this format."""
        return cast(Callable[[Source], bool], self._function("recognises"))(source)

    def read(self, source: Source) -> tuple[Recording, ...]:
        """Return the recordings of a file; raises Unread."""
        return cast(Callable[[Source], tuple[Recording, ...]], self._function("read"))(source)

    def _function(self, name: str) -> object:
        return getattr(import_module(f"measurements.readers.{self.key}"), name)


READERS = (
    # Electron microscopy
    Reader("digital_micrograph", "Gatan DigitalMicrograph", (".dm3", ".dm4")),
    Reader("tiff_image", "TIFF image (JEOL and plain)", (".tif", ".tiff", ".tif.gz")),
    Reader("png_image", "Grey PNG picture", (".png",)),
    Reader("tem_edges", "TEM edge list", (".csv", ".txt"), version=2),
    Reader("image_sidecar", "Image sidecar", (".txt",)),
    # Diffraction
    Reader("bruker_raw", "Bruker RAW v1 to v3", (".raw",)),
    Reader("bruker_raw4", "Bruker RAW v4", (".raw",)),
    Reader("bruker_uxd", "Bruker UXD", (".uxd",)),
    Reader("bruker_brml", "Bruker BRML", (".brml",)),
    Reader("xrdml", "PANalytical XRDML", (".xrdml",)),
    Reader("rigaku_ras", "Rigaku RAS", (".ras",)),
    Reader("rigaku_rasx", "Rigaku RASX", (".rasx",)),
    Reader("powder_xy", "Powder pattern in columns (EVA, TOPAS, CrysAlis Pro)", (".xy", ".xye", ".dat")),
    Reader("cif", "CIF structure", (".cif",)),
    # Absorption
    Reader("shimadzu_spc", "Shimadzu UVProbe", (".spc",)),
    Reader("shimadzu_txt", "Shimadzu UVProbe text", (".txt", ".csv")),
    Reader("perkinelmer_asc", "PerkinElmer PEDS", (".asc",)),
    Reader("perkinelmer_csv", "PerkinElmer UV WinLab table", (".csv",)),
    Reader("perkinelmer_sp", "PerkinElmer PEPE", (".sp",)),
    Reader("galactic_spc", "Galactic GRAMS", (".spc",)),
    Reader("jcamp_dx", "JCAMP-DX", (".jdx", ".dx")),
    # Emission
    Reader("fluoressence", "Horiba FluorEssence", (".txt", ".dat", ".csv")),
    Reader("labspec_txt", "Horiba LabSpec text", (".txt",)),
    Reader("labspec_xml", "Horiba LabSpec XML", (".xml",)),
    Reader("ocean_optics_txt", "Ocean Optics text", (".txt",)),
    Reader("ocean_optics_jaz", "Ocean Optics Jaz", (".jaz",)),
    Reader("ocean_optics_procspec", "Ocean Optics ProcSpec", (".ProcSpec",)),
    Reader("craic_txt", "CRAIC text", (".txt",)),
    Reader("renishaw_wdf", "Renishaw WiRE", (".wdf",)),
    Reader("renishaw_txt", "Renishaw WiRE text", (".txt",)),
    Reader("edinburgh_txt", "Edinburgh F980 and Fluoracle text", (".txt", ".csv")),
    # Streak camera
    Reader("hamamatsu_img", "Hamamatsu HPD-TA image", (".img",)),
    Reader("hamamatsu_tif", "Hamamatsu HPD-TA TIFF", (".tif",)),
    Reader("hamamatsu_ascii", "Hamamatsu ASCII matrix", (".dat", ".txt")),
    # Whatever has columns of numbers
    Reader("plain_table", "Table of numbers (CSV, TSV, Excel)", (".csv", ".tsv", ".xlsx", ".xls"), is_last_resort=True),
)  # fmt: skip
BY_KEY = {reader.key: reader for reader in READERS}
