"""What each kind of calibration holds: its unit, what the number means, what it applies to, in one table."""

from dataclasses import dataclass

from measurements.models import CalibrationKind
from measurements.techniques import ReferenceKind


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """One kind; without a unit its number is a plain factor."""

    kind: CalibrationKind
    unit: str
    # What the number says, below its box.
    meaning: str
    # The looks at a standard that it may rest on.
    standards: tuple[ReferenceKind, ...]
    # What it may hold for by itself, as an example.
    applies_to: str = ""


CALIBRATION_KINDS = {
    row.kind: row
    for row in (
        CalibrationRow(
            CalibrationKind.RESPONSE, "", "A factor; usually the curve of the lamp's measurement is meant instead.",
            (ReferenceKind.LAMP_STANDARD,), "300–900 nm",
        ),
        CalibrationRow(
            CalibrationKind.WAVELENGTH, "nm", "What is added to the wavelengths the instrument shows.",
            (ReferenceKind.LINE_STANDARD, ReferenceKind.LAMP_STANDARD), "grating 1200/mm",
        ),
        CalibrationRow(
            CalibrationKind.SPHERE, "", "The factor on quantum yields measured with this sphere.",
            (ReferenceKind.EMPTY_SPHERE, ReferenceKind.LAMP_STANDARD), "405 nm",
        ),
        CalibrationRow(
            CalibrationKind.IRF, "ns", "The full width at half maximum of the response.",
            (ReferenceKind.IRF,), "50 ns",
        ),
        CalibrationRow(
            CalibrationKind.PIXEL_SIZE, "nm", "The length of one pixel.", (ReferenceKind.LINE_STANDARD,), "40 000×"
        ),
        CalibrationRow(
            CalibrationKind.BREADTH, "deg", "The breadth of a line without size broadening, in 2θ.",
            (ReferenceKind.LINE_STANDARD,), "28.4°",
        ),
        CalibrationRow(
            CalibrationKind.RUBY_ZERO, "nm", "Where R1 lies at ambient pressure and temperature, in air.",
            (ReferenceKind.AMBIENT_RUBY, ReferenceKind.LINE_STANDARD),
        ),
        CalibrationRow(
            CalibrationKind.THERMOMETER, "K", "What is added to the temperature that the stage shows.", (), "80 K"
        ),
    )
}  # fmt: skip
