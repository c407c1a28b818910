"""A whole powder pattern fitted by γ- and δ-CsPbI3: cells, size, strain, and how much δ there is."""

from dataclasses import replace

from analysis.methods.contract import Alternative, Outcome, Work
from analysis.methods.powder_flags import flags_of_fit
from analysis.methods.powder_plot import pattern_plot, reflection_table
from analysis.methods.powder_results import Told, agreement_percents, call_of, results_of
from analysis.methods.powder_signal import Powder, powder_of
from analysis.methods.stating import number, number_or_none, word
from analysis.methods.telling import Statistic, alternatives_of, covariance_of, parameters_of, statistics_of
from analysis.physics.diffraction.phase_lines import Diffractometer
from analysis.physics.diffraction.structures import DELTA, GAMMA_293K
from analysis.physics.diffraction.whole_fit import WholeFit, fit_whole_pattern
from analysis.physics.diffraction.whole_parameters import Choices
from analysis.physics.fitting.criteria import bic, compare
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.fitting.residuals import durbin_watson, goodness_p
from analysis.physics.refusing import CannotAnalyse

UNLIKELY_P = 0.001
# Residuals this alike from point to point say that the lines have other strengths than the structure gives.
ALIKE = 1.5
# By how much BIC must fall before texture is believed.
BIC_GAIN = 10.0
PLAIN, TEXTURED = "no texture", "texture of cubes"
FROM_RESIDUALS = "unknown errors; their run with signal and angle is read off the residuals, the scale too"


def run(work: Work) -> Outcome:
    """Return what one powder pattern tells."""
    powder = powder_of(work, work.signals["pattern"][0])
    setup = setup_of(work, powder)
    choices = choices_of(work)
    fits = fits_of(powder, setup, choices, word(work, "texture"))
    name = chosen(fits)
    whole = fits[name]
    told = Told(powder, setup, whole, choices, call_of(powder, setup, whole))
    return Outcome(
        results=results_of(told),
        statistics={**statistics_of(whole.fitted), **statistics_of_pattern(told, name)},
        flags=(*powder.flags, *flags_of_fit(told)),
        parameters=parameters_of(whole.fitted),
        covariance=covariance_of(whole.fitted),
        alternatives=alternatives(fits, name),
        plots=(pattern_plot(told),),
        tables=(reflection_table(told),),
        says=sentence(told),
    )


def setup_of(work: Work, powder: Powder) -> Diffractometer:
    """Return the diffractometer as it was stated."""
    radius = None
    if word(work, "shift") == "displacement":
        radius = number_or_none(work, "goniometer_radius_mm")
        if radius is None:
            raise CannotAnalyse("State the radius of the goniometer for a displacement: goniometer_radius_mm.")
    return Diffractometer(powder.beam, number(work, "scherrer_k"), number_or_none(work, "monochromator_deg"), radius)


def choices_of(work: Work) -> Choices:
    """Return what was decided about the model."""
    degree = int(number(work, "background_degree"))
    return Choices(
        gauss_deg=number_or_none(work, "instrument_fwhm_deg"),
        has_strain=word(work, "strain") == "fitted",
        has_shift=word(work, "shift") != "none",
        has_b_iso=word(work, "b_iso") == "fitted",
        is_textured=word(work, "texture") == "fitted",
        has_dispersion=bool(work.settings.get("dispersion")),
        degree=degree or None,
        has_delta=word(work, "phases") == "γ and δ",
    )


def fits_of(powder: Powder, setup: Diffractometer, choices: Choices, texture: str) -> dict[str, WholeFit]:
    """Return the fit without texture and, where that does not do, the one with it."""
    first = fit_whole_pattern(powder.pattern, setup, choices)
    if choices.is_textured:
        return {TEXTURED: first}
    if texture == "none" or not is_poor(first):
        return {PLAIN: first}
    again = replace(choices, is_textured=True, degree=first.model.degree)
    return {PLAIN: first, TEXTURED: fit_whole_pattern(powder.pattern, setup, again)}


def is_poor(whole: WholeFit) -> bool:
    """Say whether chance does not explain what a fit leaves."""
    chance = goodness_p(whole.fitted)
    if chance is not None:
        return chance < UNLIKELY_P
    return float(durbin_watson(whole.fitted.residuals)) < ALIKE


def chosen(fits: dict[str, WholeFit]) -> str:
    """Return the plain model unless texture lowers BIC clearly."""
    if len(fits) == 1:
        return next(iter(fits))
    gain = bic(fits[PLAIN].fitted) - bic(fits[TEXTURED].fitted)
    return TEXTURED if gain > BIC_GAIN and fits[TEXTURED].fitted.is_converged else PLAIN


def alternatives(fits: dict[str, WholeFit], name: str) -> tuple[Alternative, ...]:
    """Return the models that were compared; none for a single one, nor for weights that are not the same."""
    if len(fits) == 1 or fits[name].model.pattern.likelihood is Likelihood.UNKNOWN:
        return ()
    return alternatives_of(compare({each: one.fitted for each, one in fits.items()}), chosen=name)


def statistics_of_pattern(told: Told, name: str) -> dict[str, Statistic]:
    """Return the choices that the numbers rest on, and how well the pattern is met."""
    whole, beam = told.whole, told.powder.beam
    whole_percent, net_percent, expected_percent = agreement_percents(told)
    second = beam.second
    is_unknown = whole.model.pattern.likelihood is Likelihood.UNKNOWN
    return {
        **({"weighting": FROM_RESIDUALS} if is_unknown else {}),
        "wavelength_angstrom": beam.first.value_angstrom,
        "wavelength_line": beam.first.line or "not in a set",
        "wavelength_set": beam.first.source,
        "wavelength_source": told.powder.beam_source,
        "wavelength2_angstrom": None if second is None else second.value_angstrom,
        "k_alpha2_ratio": beam.ratio,
        "scherrer_k": told.setup.constant,
        "breadth": "FWHM of the Lorentzian part",
        "instrument_fwhm_deg": told.choices.gauss_deg,
        "gauss_fwhm_deg": whole.fitted.value("gauss"),
        "background": f"Chebyshev polynomial of degree {whole.model.degree}",
        "texture": name,
        "shift": "none" if not whole.has_shift else "displacement" if told.setup.radius_mm else "zero",
        "delta_call": told.words,
        "delta_ratio": whole.delta_ratio,
        "delta_limit_percent": None if told.call is None else 100 * told.call.lod_fraction,
        "r_wp_percent": whole_percent,
        "r_wp_net_percent": net_percent,
        "r_expected_percent": expected_percent,
        "gamma_structure": GAMMA_293K.source,
        "delta_structure": DELTA.source,
    }


def sentence(told: Told) -> str:
    """Return the sentence a person reads first."""
    fitted = told.whole.fitted
    volume = fitted.value("gamma_a") * fitted.value("gamma_b") * fitted.value("gamma_c")
    size, stderr = fitted.value("gamma_size"), fitted.stderr("gamma_size")
    if told.whole.gamma_is_held:
        fraction, error = told.delta_fraction
        return f"{told.words}, {100 * fraction:.3g} ± {100 * error:.2g} % of the mass; γ is too weak to tell its cell."
    text = f"γ-CsPbI₃ of V = {volume:.1f} Å³, crystallites of {size:.3g} ± {max(stderr, 1e-9):.2g} nm"
    if told.whole.has_moving_delta:
        fraction, error = told.delta_fraction
        return f"{text}; {told.words}, {100 * fraction:.3g} ± {100 * error:.2g} % of the mass."
    return f"{text}; {told.words}."
