"""The keys of the search grammar, one row each: what a person may type after the colon."""

from labbook.search.keys import SearchKey
from samples.kinds import SPECIMEN_KINDS, SampleKind
from samples.models import SampleSize, SampleStatus, SynthesisStatus

SYNTHESIS = "synthesis"
# Rows of the floor above, which the search page shows beside samples.
MEASUREMENT = "measurement"
MATERIAL_KINDS = (SampleKind.FRACTION, SampleKind.VIAL, *SPECIMEN_KINDS)
STOCK_KINDS = (SampleKind.BOTTLE, SampleKind.PRECURSOR)
# What the search page shows together: title, kinds, the list with all of them.
GROUPS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Syntheses", (SYNTHESIS,), "synthesis_list"),
    ("Fractions, vials and specimens", tuple(MATERIAL_KINDS), "sample_list"),
    ("Crude and supernatants", (SampleKind.CRUDE, SampleKind.SUPERNATANT), "sample_list"),
    ("Precursors and stock", tuple(STOCK_KINDS), "sample_list"),
    ("Measurements", (MEASUREMENT,), "measurement_list"),
)
NO_PUBLICATIONS = "No publications are recorded yet, so nothing is found by them."

KINDS: dict[str, tuple[str, ...]] = {
    **{kind.value: (kind.value,) for kind in SampleKind},
    SYNTHESIS: (SYNTHESIS,),
    "specimen": tuple(SPECIMEN_KINDS),
    MEASUREMENT: (MEASUREMENT,),
    "any": (*SampleKind.values, SYNTHESIS, MEASUREMENT),
    "grid": (SampleKind.TEM_GRID,),
    "xrd": (SampleKind.XRD_FILM,),
    "dac": (SampleKind.LOAD,),
    **{kind.label.lower(): (kind.value,) for kind in SampleKind},
    **{f"{kind.value}s": (kind.value,) for kind in SampleKind},
    "syntheses": (SYNTHESIS,),
    "specimens": tuple(SPECIMEN_KINDS),
    "measurements": (MEASUREMENT,),
}
STATUSES: dict[str, tuple[str, ...]] = {
    **{value: (value,) for value in (*SampleStatus.values, *SynthesisStatus.values)},
    "usable": (SampleStatus.IN_USE,),
    "in_use": (SampleStatus.IN_USE,),
}

# What fits say; the floor above the measurements writes these facts.
ANALYSED = (
    SearchKey("pl", "PL peak", "number", "1.80..1.82", unit="eV"),
    SearchKey("peak", "PL peak", "number", "680..690", unit="nm"),
    SearchKey("fwhm", "PL linewidth", "number", "<90meV", unit="meV"),
    SearchKey("exciton", "First exciton", "number", ">1.9eV", unit="eV"),
    SearchKey("crystallite", "Crystallite size", "number", "8..10nm", unit="nm"),
    SearchKey("delta", "δ phase", "number", ">5%", unit="%"),
    SearchKey("plqy", "PLQY", "number", ">50%", unit="%"),
    SearchKey("tau", "Amplitude-weighted lifetime", "number", ">5ns", unit="ns"),
    SearchKey("tau1", "Lifetime 1", "number", "2..3ns", unit="ns"),
    SearchKey("tau2", "Lifetime 2", "number", ">7ns", unit="ns"),
)

SEARCH_KEYS = {
    key.name.lower(): key
    for key in (
        SearchKey("kind", "Kind", "choice", "fraction", choices=KINDS),
        SearchKey("size", "Size", "number", "9", unit="nm", words=tuple(SampleSize.Origin.values)),
        SearchKey("injT", "Injection temperature", "number", "160..170", unit="°C"),
        SearchKey("growth", "Growth time", "number", "<12s", unit="s"),
        SearchKey("in", "Place", "word", "freezer"),
        SearchKey("stored", "Stored there for", "duration", ">60d"),
        SearchKey("age", "Age", "duration", ">30d"),
        SearchKey("status", "Status", "choice", "empty", choices=STATUSES),
        SearchKey("by", "By", "word", "AV"),
        SearchKey("made", "Made", "day", "2026-02"),
        SearchKey("lot", "Made from lot", "word", "MKCR4471"),
        SearchKey("project", "Project", "word", "pressure"),
        SearchKey("has", "Has", "word", "trpl"),
        SearchKey("tech", "Technique", "word", "PL"),
        SearchKey("P", "Pressure", "number", "0..2GPa", unit="GPa"),
        SearchKey("T", "Temperature", "number", "80..300K", unit="K"),
        *ANALYSED,
        SearchKey("pub", "Publication", "later", "s2", nothing=NO_PUBLICATIONS),
    )
}
