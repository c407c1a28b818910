"""What a decay looks like: counts with the fit and its components, and for a map the spectrum with its band."""

import numpy as np

from analysis.methods.contract import Plot
from analysis.methods.decay_input import Prepared
from analysis.physics.decays.bands import net_spectrum
from analysis.physics.decays.fit import DecayFit
from analysis.physics.decays.model import Kind
from analysis.physics.fitting.problem import Likelihood


def decay_plot(one: DecayFit, counts_per_photon: float) -> Plot:
    """Return counts over time with the model, its residuals and its components."""
    binned, fitted = one.setup.binned, one.fitted
    observed = binned.counts * counts_per_photon
    is_counted = fitted.likelihood is Likelihood.POISSON
    return Plot(
        name="decay", title="Decay", x_label="Time", x_unit="ns", y_label="Counts", y_unit="counts",
        x=binned.centers_ns, observed=observed,
        stderr=np.sqrt(np.maximum(fitted.predicted, 1.0)) * counts_per_photon if is_counted else None,
        model=fitted.predicted * counts_per_photon, residuals=fitted.residuals,
        components=components(one, counts_per_photon), drawn="points", is_log=True,
        marks=((fitted.value("t0"), None, "t₀"),),
    )  # fmt: skip


def components(one: DecayFit, counts_per_photon: float) -> dict[str, np.ndarray]:
    """Return what each exponential adds, and the background, shape (n,) each."""
    fitted = one.fitted
    told = {"background": np.full(len(fitted.predicted), fitted.value("background") * counts_per_photon)}
    if one.kind is Kind.STRETCHED:
        return told
    shares = one.setup.response.shares(one.taus_ns, fitted.value("t0")).values_ns / one.setup.binned.width_ns
    parts = one.counts[:, None] * shares * counts_per_photon
    return {**{f"{tau_ns:.3g} ns": part for tau_ns, part in zip(one.taus_ns, parts, strict=True)}, **told}


def band_plots(decay: Prepared) -> tuple[Plot, ...]:
    """Return the spectrum of a map with the band that is integrated."""
    if decay.band is None or decay.streak.at_nm is None:
        return ()
    band = decay.band
    return (
        Plot(
            name="spectrum", title="Spectrum of the map", x_label="Wavelength", x_unit="nm", y_label="Counts",
            y_unit="counts", x=decay.streak.at_nm, observed=net_spectrum(decay.streak.counts),
            bands=((band.low_nm, band.high_nm, "integrated"),),
        ),
    )  # fmt: skip
