"""What a campaign's answer key says of each number, in the units of the results; never an input of any analysis."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MEV_PER_EV = 1000.0
# A line of fewer standard errors cannot be told from none.
FAINTEST_SIGMA = 5.0
PERCENT = 100.0
# (the key of a file's truth, or several of which one is there; the factor into the unit of the result).
Of = tuple[str, float]
LINE: dict[str, Of] = {"peak_energy": ("energy_eV", 1.0), "fwhm": ("fwhm_eV", MEV_PER_EV)}
EXCITON: dict[str, Of] = {"exciton_energy": ("exciton_eV", 1.0), "exciton_fwhm": ("exciton_fwhm_eV", MEV_PER_EV)}
YIELD: dict[str, Of] = {"plqy": ("plqy", PERCENT), "absorptance": ("absorptance", PERCENT)}
DECAY: dict[str, Of] = {
    "amplitude1": ("fraction1", 1.0),
    "tau1": ("tau1_ns", 1.0),
    "tau2": ("tau2_ns", 1.0),
    "tau_amplitude": ("tau_amplitude_ns", 1.0),
    "tau_intensity": ("tau_intensity_ns", 1.0),
}
PATTERN: dict[str, Of] = {
    "cell_a": ("gamma_cell_A.0|phases.0.cell_A.0", 1.0),
    "cell_b": ("gamma_cell_A.1|phases.0.cell_A.1", 1.0),
    "cell_c": ("gamma_cell_A.2|phases.0.cell_A.2", 1.0),
    "cell_volume": ("gamma_volume_A3", 1.0),
    "crystallite_size": ("gamma_size_nm|phases.0.size_nm", 1.0),
    "delta_fraction": ("delta_mass_fraction|phases.1.mass_fraction", PERCENT),
    "delta_index": ("delta_index.R", 1.0),
    "delta_cell_a": ("delta_cell_A.0|phases.1.cell_A.0", 1.0),
    "delta_cell_b": ("delta_cell_A.1|phases.1.cell_A.1", 1.0),
    "delta_cell_c": ("delta_cell_A.2|phases.1.cell_A.2", 1.0),
    "delta_size": ("phases.1.size_nm", 1.0),
}
OF_FILES: dict[str, dict[str, Of]] = {
    **dict.fromkeys(("PL", "PL pressure", "PL temperature", "PL storage"), LINE),
    **dict.fromkeys(("absorbance", "absorbance storage", "absorbance temperature"), EXCITON),
    **dict.fromkeys(("PLQY", "PLQY storage"), YIELD),
    "TEM edges": {"edge_length": ("mean_nm", 1.0), "edge_length_std": ("sd_nm", 1.0)},
    "TEM image": {"edge_length": ("mean_edge_nm", 1.0)},
    "ruby": {"ruby_r1": ("r1_nm", 1.0), "ruby_r2": ("r2_nm", 1.0), "pressure": ("pressure_GPa.Mao1986", 1.0)},
    "TRPL": DECAY,
    "XRD": PATTERN,
}


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer key of a campaign, or an empty one."""

    told: Mapping[str, Any]

    @classmethod
    def of(cls, campaign: Path) -> "Truth":
        """Read a campaign's answer key, when it has one."""
        path = campaign / "truth.json"
        return cls(json.loads(path.read_text()) if path.is_file() else {})

    def of_file(self, file: str, result: str) -> float | None:
        """Return what the key says of a result of a file, such as raw/PL/NC-021-F3-CV1_PL.txt."""
        known = self.told.get("files", {}).get(file, {})
        key, factor = OF_FILES.get(str(known.get("technique")), {}).get(result, ("", 1.0))
        value = inside(known, key) if key else None
        return None if value is None else float(value) * factor

    def is_good(self, file: str) -> bool:
        """Say whether a file is one of the key's good ones."""
        return file in self.told.get("files", {})

    def has_signal(self, file: str) -> bool:
        """Say whether the light of a file stands out of its noise; a dead vial is a good file without a line."""
        known = self.told.get("files", {}).get(file, {})
        pairs = (
            (known.get("photons"), known.get("expected_se", {}).get("photons")),
            (known.get("exciton_absorbance"), known.get("noise_sd")),
        )
        return all(height is None or not noise or height > FAINTEST_SIGMA * noise for height, noise in pairs)

    def is_bad(self, file: str) -> bool:
        """Say whether a file is one that the key wants refused or kept unread."""
        told = self.told.get("awkward_files", {}).get(file, {})
        return str(told.get("expected", "")).startswith(("refuse", "keep"))

    def of_ladder(self, along: str, sample: str, result: str) -> float | None:
        """Return what the key says of a law along a ladder of a sample."""
        if result == "bulk_modulus":
            modulus: float | None = step(self.told.get("diffraction"), "bulk_modulus_GPa")
            return modulus
        for laws, names in ((self.temperature(sample), TEMPERATURE), (self.pressure(sample), PRESSURE)):
            told = names.get(result)
            if laws and told and told.along == along:
                return told.of(laws)
        return None

    def of_rates(self, sample: str, result: str) -> float | None:
        """Return what the key says of a rate of a load, in 1/ns."""
        told = self.told.get("rates", {}).get(self.label(sample), {})
        names = {"rate_radiative": "k_rad_per_ns", "rate_nonradiative": "k_nonrad_per_ns"}
        value = told.get(names.get(result, ""))
        return None if value is None else float(value)

    def temperature(self, sample: str) -> Mapping[str, Any]:
        """Return the laws along temperature of the size that a film has."""
        laws: Mapping[str, Any] = self.told.get("temperature", {}).get(self.label(sample), {})
        return laws

    def pressure(self, sample: str) -> Mapping[str, Any]:
        """Return the laws along pressure of a load."""
        loads = (one for one in self.told.get("pressure", {}).values() if one.get("load") == sample)
        return next(loads, {})

    def label(self, sample: str) -> str:
        """Return the size class of a sample's fraction as the key writes it, such as 9 nm."""
        known = self.told.get("samples", {})
        labels = (str(one["label"]) for code, one in known.items() if sample.startswith(code))
        return f"{next(labels, '')} nm"


@dataclass(frozen=True, slots=True)
class Law:
    """One number of a law: on which ladder, and how the key's numbers make it."""

    along: str
    of: Callable[[Mapping[str, Any]], float]


def times(key: str, factor: float = 1.0, along: str = "temperature") -> Law:
    """Return a law's number that the key has under a name."""
    return Law(along, lambda laws: float(laws[key]) * factor)


TEMPERATURE: dict[str, Law] = {
    "gap_e0": times("e0"),
    "gap_zero_temperature": times("e_zero"),
    "gap_expansion": times("a_te"),
    "gap_phonon": times("a_ep"),
    "gap_slope_300k": times("slope_300K_eV_per_K", MEV_PER_EV),
    "linewidth_zero": times("g0", MEV_PER_EV),
    "linewidth_acoustic": times("sigma_ac", MEV_PER_EV),
    "linewidth_phonon": times("g_lo", MEV_PER_EV),
    "phonon_energy": times("phonon", MEV_PER_EV),
    "quenching_energy": times("activation", MEV_PER_EV),
    "quenching_strength": Law("temperature", lambda laws: math.log(float(laws["quench_a"]))),
}
PRESSURE: dict[str, Law] = {
    "energy_zero_pressure": times("energy_at_0_eV", along="pressure"),
    "pressure_kink": times("kink", along="pressure"),
    "pressure_slope_below": times("slope_low", MEV_PER_EV, "pressure"),
    "pressure_slope_above": times("slope_high", MEV_PER_EV, "pressure"),
}


def inside(known: Any, paths: str) -> Any:
    """Return the value under the first of several dotted paths that there is; None where there is none."""
    for path in paths.split("|"):
        found = known
        for part in path.split("."):
            found = step(found, part)
        if found is not None:
            return found
    return None


def step(known: Any, part: str) -> Any:
    """Return what lies under a name or a place in a list."""
    if isinstance(known, Mapping):
        return known.get(part)
    if isinstance(known, list) and part.isdigit() and int(part) < len(known):
        return known[int(part)]
    return None
