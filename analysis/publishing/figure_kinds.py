"""Figures that are ready to be made, one row each: what they are of, how wide, what may be set, what draws them."""

from dataclasses import dataclass
from enum import StrEnum

from measurements.techniques import Along


class Of(StrEnum):
    """What a figure is made of."""

    SERIES = "series"
    SAMPLES = "samples"
    # Curves that a person laid over each other in a plot.
    CURVES = "curves"


class Option(StrEnum):
    """What a person may set of a figure."""

    NORMALISE = "normalise"
    OFFSET = "offset_fraction"
    X_FROM = "x_from"
    X_TO = "x_to"
    LOG = "is_log"


LINES = (Option.NORMALISE, Option.OFFSET, Option.X_FROM, Option.X_TO)


@dataclass(frozen=True, slots=True)
class FigureKind:
    """One figure; `prepare` is the dotted name of a function of analysis.queries, `usual` what is set at first."""

    key: str
    name: str
    title: str
    caption: str
    of: Of
    prepare: str
    along: str = ""
    preset: str = "acs"
    options: tuple[Option, ...] = ()
    usual: tuple[tuple[str, float | str | bool], ...] = ()

    @property
    def usual_title(self) -> str:
        """What a figure is called at first."""
        return f"{self.name}. {self.title}" if self.name.startswith("Figure ") else self.title


SPECTRA = "analysis.queries.figures_spectra"
FITTED = "analysis.queries.figures_fitted"
FIGURES = {
    row.key: row
    for row in (
        FigureKind(
            "1e", "Figure 1e", "Size distributions",
            "Edge lengths of the nanocrystals by TEM with a normal (solid) and a log-normal distribution (dashed).",
            Of.SAMPLES, "analysis.queries.figures_sizes.histograms", options=(Option.X_FROM, Option.X_TO),
        ),
        FigureKind(
            "s1", "Figure S1", "XRD patterns of the sizes and of the γ phase",
            "a) XRD patterns of spin-coated nanocrystals, each divided by its maximum. b) The largest size with the "
            "pattern calculated for γ-CsPbI₃; its main reflections are indexed.",
            Of.SAMPLES, "analysis.queries.figures_patterns.patterns", options=(Option.X_FROM, Option.X_TO),
        ),
        FigureKind(
            "s2", "Figure S2", "PL against temperature", "PL spectra at each temperature, lifted for clarity.",
            Of.SERIES, f"{SPECTRA}.pl_ladder", along=Along.TEMPERATURE, options=LINES,
            usual=(("offset_fraction", 0.3),),
        ),
        FigureKind(
            "s3", "Figure S3", "PL peak against temperature",
            "Peak energy of the PL against temperature (points) with the one-oscillator model (lines).",
            Of.SAMPLES, f"{FITTED}.gap_laws", along=Along.TEMPERATURE, options=(Option.X_FROM, Option.X_TO),
        ),
        FigureKind(
            "s4", "Figure S4", "Absorbance against temperature", "Absorbance at each temperature.",
            Of.SERIES, f"{SPECTRA}.absorbance_ladder", along=Along.TEMPERATURE, options=LINES,
        ),
        FigureKind(
            "s5", "Figure S5", "PL before and after pressure",
            "PL at ambient pressure before compression (black) and after release (red).",
            Of.SERIES, f"{SPECTRA}.before_and_after", along=Along.PRESSURE,
            options=(Option.NORMALISE, Option.X_FROM, Option.X_TO),
        ),
        FigureKind(
            "s6", "Figure S6", "Time-resolved PL maps",
            "Streak images at several pressures: delay upward, wavelength across.",
            Of.SERIES, "analysis.queries.figures_maps.decay_maps", along=Along.PRESSURE, preset="acs2",
            options=(Option.X_FROM, Option.X_TO),
        ),
        FigureKind(
            "s7", "Figure S7", "PL decays against pressure",
            "PL decays at each pressure (points), normalised to their maximum, with their fits (lines).",
            Of.SERIES, f"{FITTED}.decays", along=Along.PRESSURE,
            options=(Option.OFFSET, Option.X_FROM, Option.X_TO, Option.LOG), usual=(("is_log", True),),
        ),
        FigureKind(
            "s8", "Figure S8", "PL of solutions and films",
            "PL of the solutions (black) and of films spin-coated from them (red), each divided by its maximum.",
            Of.SAMPLES, "analysis.queries.figures_films.solutions_and_films", preset="acs2",
            options=(Option.X_FROM, Option.X_TO),
        ),
        FigureKind(
            "s9", "Figure S9", "Ruby against pressure",
            "Luminescence of ruby at each pressure, each divided by its maximum.",
            Of.SERIES, f"{SPECTRA}.ruby_ladder", along=Along.PRESSURE, options=LINES,
            usual=(("normalise", "max"), ("offset_fraction", 0.35), ("x_from", 688.0), ("x_to", 702.0)),
        ),
        FigureKind(
            "overlay", "Overlay", "Curves of several samples", "", Of.CURVES, f"{SPECTRA}.overlay",
        ),
        FigureKind(
            "peaks", "PL along a ladder", "Peak energy and linewidth along the ladder",
            "a) Peak energy and b) linewidth of the PL along the ladder.",
            Of.SERIES, f"{FITTED}.peaks", options=(Option.X_FROM, Option.X_TO),
        ),
        FigureKind(
            "lifetimes", "Lifetimes along a ladder", "Lifetimes along the ladder",
            "a) Both lifetimes and b) their amplitude-weighted mean along the ladder.",
            Of.SERIES, f"{FITTED}.lifetimes", options=(Option.X_FROM, Option.X_TO),
        ),
    )
}  # fmt: skip
