"""What to know of a fitted powder pattern before its numbers are used."""

from math import degrees, sqrt

import numpy as np

from analysis.methods.contract import Flag
from analysis.methods.powder_results import NOT_CALLED, Told, stretch_of, variances_of
from analysis.methods.telling import bound_flags, convergence_flags, goodness_flags
from analysis.physics.diffraction.phase_call import DETECTED
from analysis.physics.fitting.residuals import durbin_watson

# Beyond this misfit without the background, beside what scatter explains, it is another substance.
MOST_MISFIT_PERCENT = 30.0
ALIKE = 1.0
FEWEST_RATIO = 4.0
# A size whose breadth is less than this part of the instrument's cannot be told.
LEAST_BREADTH_RATIO = 0.2
MOST_STRETCH = 0.03
# From how many standard errors on a strain below zero is no chance, and δ in the fit no accident.
NARROWING, STRAY = 4.0, 5.0

# An instrument without a part in the breadth, and a powder without texture, end on a bound and are what they are.
HARMLESS = ("gauss ", "texture ")
# γ that is held tells no size, so that a bound of it says nothing.
HELD = "gamma_size "


def flags_of_fit(told: Told) -> tuple[Flag, ...]:
    """Return every flag of the fit."""
    fitted = told.whole.fitted
    harmless = (*HARMLESS, HELD) if told.whole.gamma_is_held else HARMLESS
    return (
        *convergence_flags(fitted),
        *(flag for flag in bound_flags(fitted, ()) if not flag.text.startswith(harmless)),
        *goodness_flags(fitted),
        *misfit_flags(told),
        *instrument_flags(told),
        *size_flags(told),
        *delta_flags(told),
        *model_flags(told),
    )


def misfit_flags(told: Told) -> tuple[Flag, ...]:
    """Return the flags of a pattern that γ and δ do not explain."""
    flags = []
    share_percent = misfit_percent(told)
    if share_percent > MOST_MISFIT_PERCENT or weakness(told) < FEWEST_RATIO:
        text = (
            f"γ and δ leave {share_percent:.0f} % of the lines unexplained: it is another substance, or the wavelength"
            " is not right."
        )
        flags.append(Flag("other_substance", text, is_grave=True))
    if float(durbin_watson(told.whole.fitted.residuals)) < ALIKE:
        text = "Neighbouring residuals are alike: lines have another shape or strength than the model; look at them."
        flags.append(Flag("residuals_alike", text, is_grave=True))
    return tuple(flags)


def misfit_percent(told: Told) -> float:
    """Return what is left of the lines, in percent; scatter, which is not alike from point to point, does not count."""
    error = np.sqrt(variances_of(told.whole))
    left = (told.whole.model.pattern.observed - told.whole.total) / error
    lines = (told.whole.total - told.whole.background) / error
    alike = max(float((left[1:] * left[:-1]).sum()), 0.0)
    return 100 * sqrt(alike / max(float((lines**2).sum()), 1e-300))


def weakness(told: Told) -> float:
    """Return the scale of the stronger phase over its standard error."""
    fitted = told.whole.fitted
    return max(fitted.value("gamma_scale") / max(fitted.stderr("gamma_scale"), 1e-300), told.whole.delta_ratio)


def instrument_flags(told: Told) -> tuple[Flag, ...]:
    """Return the flag of an instrument nobody stated."""
    if told.choices.gauss_deg is not None:
        return ()
    fitted = told.whole.fitted
    text = (
        f"The breadth of the instrument is not stated; a Gaussian part of {fitted.value('gauss'):.2g}° was fitted in"
        " its place and taken out. State instrument_fwhm_deg for a size to rely on."
    )
    return (Flag("instrument_not_stated", text),)


def size_flags(told: Told) -> tuple[Flag, ...]:
    """Return the flags of a size or a strain that the lines cannot tell."""
    if told.whole.gamma_is_held:
        text = (
            "γ is too weak beside δ for a cell and a size of its own; both were held, and δ and its share of the mass"
            " are told alone."
        )
        return (Flag("gamma_held", text),)
    flags = []
    fitted, length = told.whole.fitted, told.setup.radiation.first.value_angstrom
    breadth_deg = degrees(told.setup.constant * length / (10 * fitted.value("gamma_size")))
    if breadth_deg < LEAST_BREADTH_RATIO * fitted.value("gauss"):
        text = "The lines are hardly wider than the instrument's: the size is a lower limit."
        flags.append(Flag("size_beyond_resolution", text))
    if fitted.value("gamma_strain") < -NARROWING * max(fitted.stderr("gamma_strain"), 1e-300):
        text = "The lines narrow with angle, which no strain does; check the breadth of the instrument."
        flags.append(Flag("strain_below_zero", text))
    return tuple(flags)


def delta_flags(told: Told) -> tuple[Flag, ...]:
    """Return the flags of δ that is not called where the fit has some, or lies where it cannot be seen."""
    if told.words == NOT_CALLED:
        text = (
            "The pattern does not cover 9.6–10.15° and 13.8–14.9° (for Cu), or has no γ there, so δ is not called;"
            " measure from lower angle."
        )
        return (Flag("delta_not_called", text),)
    if told.whole.delta_ratio > STRAY and told.words != DETECTED:
        text = (
            "The fit takes δ where γ has lines too, and the lines of δ at low angle do not show it; it is not called."
        )
        return (Flag("delta_unsure", text),)
    return ()


def model_flags(told: Told) -> tuple[Flag, ...]:
    """Return the flags of choices that the data made."""
    flags = []
    if told.choices.has_shift and not told.whole.has_shift:
        text = (
            "The pattern covers too few lines for a shift of 2θ; it was held at zero and adds to the error of the cell."
        )
        flags.append(Flag("shift_held", text))
    if told.whole.fitted.stderr("texture") > 0:
        ratio = told.whole.fitted.value("texture")
        text = f"The crystallites are textured (March ratio {ratio:.2g}); the mass of δ is then a rough guess."
        flags.append(Flag("texture", text))
    stretch = stretch_of(told.whole, "gamma")
    if abs(stretch - 1) > MOST_STRETCH and told.powder.pressure_gpa is None:
        text = (
            f"The cell is {100 * (stretch - 1):+.1f} % off that of room temperature and no pressure is stated; check"
            " the wavelength."
        )
        flags.append(Flag("cell_far", text, is_grave=True))
    return tuple(flags)
