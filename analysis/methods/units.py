"""Units of axes as methods need them: what a file writes in its own way, or only in the name of a column."""

# How files write units → how methods compare them.
SPELLINGS = {
    "nm": "nm", "nanometer": "nm", "nanometers": "nm", "wavelength nm": "nm", "ev": "eV", "mev": "meV",
    "1/cm": "1/cm", "cm-1": "1/cm", "cm^-1": "1/cm", "cm⁻¹": "1/cm", "per cm": "1/cm", "ns": "ns", "ps": "ps",
    "us": "µs", "µs": "µs", "s": "s", "deg": "deg", "°": "deg", "degree": "deg", "degrees": "deg", "k": "K",
    "gpa": "GPa", "px": "px", "pixel": "px", "c": "°C", "°c": "°C", "degc": "°C", "kbar": "kbar", "mpa": "MPa",
    "d": "d", "days": "d", "counts": "counts", "%": "%", "percent": "%",
}  # fmt: skip
# Capital and small letters differ by nine decades, so that these are never written in another way.
EXACT = ("Mbar", "mbar", "bar", "kPa", "Pa")
WORD_BREAKS = str.maketrans("_-[](){}/,", "          ")


def axis_unit(unit: str, name: str) -> str:
    """Return the unit of an axis: as it is stated, else the last word of its name ("wavelength_air_nm" is in nm)."""
    if unit.strip():
        return SPELLINGS.get(unit.strip().lower(), unit.strip())
    words = name.translate(WORD_BREAKS).split()
    if not words:
        return ""
    return words[-1] if words[-1] in EXACT else SPELLINGS.get(words[-1].lower(), "")
