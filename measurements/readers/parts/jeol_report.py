"""The XML report that JEOL's TEM Center and SightX write into an image: microscope, settings, moment and scale."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from measurements.readers.parts.tiff_directory import DESCRIPTION, Page
from measurements.readers.parts.tiff_scale import Scale, jeol_nm
from measurements.readers.parts.xml_tree import xml_of
from measurements.readers.recording import Instant, Setting, Zone
from measurements.readers.refusal import Unread

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SECONDS = {"msec": 1e-3, "ms": 1e-3, "usec": 1e-6, "sec": 1.0, "s": 1.0}
WORDS = {
    "operator": "Operator",
    "sample_name": "Specimen",
    "comment": "Comment",
    "mode": "ImageFormingSystem.ModeString",
    "image_field": "IlluminationSystem.ImageField",
    "filament": "ElectronGun.FilamentType",
    "detector": "ImageSourceDetector",
    "camera": "JemBaumerCamera.Modelname",
}


class JeolReport:
    """The report of one image, by the path of its keys."""

    def __init__(self, page: Page) -> None:
        """Parse it; raises Unread when the XML is broken."""
        self._page = page
        xml = page.text(DESCRIPTION).strip("\x00\x01 \r\n\t")
        self.header: dict[str, tuple[str, ...]] = {}
        # The declared encoding is of the bytes; the text is already decoded.
        _flatten(xml_of(re.sub(r"^<\?xml[^>]*\?>", "", xml).encode(), name="The report of the image"), "", self.header)

    @staticmethod
    def is_in(page: Page) -> bool:
        """Say whether a page has such a report."""
        return "<TemReporter" in page.text(DESCRIPTION)[:2_000]

    def first(self, key: str) -> str:
        """Return a key's first value, or nothing."""
        return self.header.get(key, ("",))[0]

    @property
    def instrument(self) -> str:
        """The microscope's name."""
        maker = self.first("Manufacturer").removesuffix(" Ltd.")
        return f"{maker} {self.first('Instruments')}".strip()

    @property
    def measured(self) -> Instant | None:
        """The moment, aware when the zone is stated."""
        written = self.first("DateTime")
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            return Instant(written, None) if written else None
        return Instant(written, moment, Zone.STATED if moment.tzinfo else Zone.NOT_STATED)

    @property
    def settings(self) -> Mapping[str, Setting]:
        """What is understood of the report."""
        found: dict[str, Setting] = {name: self.first(key) for name, key in WORDS.items() if self.first(key)}
        if volts := self._amount("ElectronGun.AccelerationVoltage"):
            found["accelerating_voltage_kv"] = volts / 1000
        if self.first("ImageFormingSystem.ModeString") != "DIFF" and self._magnification:
            found["magnification_ratio"] = self._magnification
        exposure = re.match(r"([\d.]+)\s*([a-z]+)$", self.first("JemBaumerCamera.Parameter.ExposureTimeString"))
        if exposure and exposure[2] in SECONDS:
            found["exposure_s"] = round(float(exposure[1]) * SECONDS[exposure[2]], 9)
        return found

    @property
    def scale(self) -> Scale | None:
        """The size of a pixel; only an image of the sample itself has one, a diffraction pattern has none."""
        if self.first("Eos.EosMode") != "eosTEM" or "DIFF" in self.first("ImageFormingSystem.ModeString"):
            return None
        try:
            x_nm, y_nm = jeol_nm(self._page, self._magnification)
        except Unread:
            return None
        return Scale(x_nm, y_nm, "JEOL")

    @property
    def _magnification(self) -> float:
        return self._amount("ImageFormingSystem.SelectorValue") or 0.0

    def _amount(self, key: str) -> float | None:
        try:
            return float(self.first(key))
        except ValueError:
            return None


def _flatten(element: "Element", path: str, into: dict[str, tuple[str, ...]]) -> None:
    for child in element:
        name = f"{path}.{child.tag}".lstrip(".")
        if text := (child.text or "").strip():
            into[name] = (*into.get(name, ()), text)
        if name.count(".") < 32:
            _flatten(child, name, into)
