"""What a campaign's answer key says of each number, in the units of the results; never an input of any analysis."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MEV_PER_EV = 1000.0
PERCENT = 100.0
# (key of a file's truth, factor into the unit of the result) by technique and result.
Of = tuple[str, float]
LINE: dict[str, Of] = {"peak_energy": ("energy_eV", 1.0), "fwhm": ("fwhm_eV", MEV_PER_EV)}
EXCITON: dict[str, Of] = {"exciton_energy": ("exciton_eV", 1.0), "exciton_fwhm": ("exciton_fwhm_eV", MEV_PER_EV)}
YIELD: dict[str, Of] = {"plqy": ("plqy", PERCENT), "absorptance": ("absorptance", PERCENT)}
OF_FILES: dict[str, dict[str, Of]] = {
    "PL": LINE,
    "PL pressure": LINE,
    "PL temperature": LINE,
    "PL storage": LINE,
    "absorbance": EXCITON,
    "absorbance storage": EXCITON,
    "absorbance temperature": EXCITON,
    "PLQY": YIELD,
    "PLQY storage": YIELD,
    "TEM edges": {"edge_length": ("mean_nm", 1.0), "edge_length_std": ("sd_nm", 1.0)},
    "TEM image": {"edge_length": ("mean_edge_nm", 1.0)},
    "ruby": {"ruby_r1": ("r1_nm", 1.0), "ruby_r2": ("r2_nm", 1.0), "pressure": ("pressure_GPa.Mao1986", 1.0)},
    "TRPL": {
        "amplitude1": ("fraction1", 1.0),
        "tau1": ("tau1_ns", 1.0),
        "tau2": ("tau2_ns", 1.0),
        "tau_amplitude": ("tau_amplitude_ns", 1.0),
        "tau_intensity": ("tau_intensity_ns", 1.0),
    },
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

    def of_ladder(self, along: str, sample: str, result: str) -> float | None:
        """Return what the key says of a law along a ladder of a sample."""
        for laws, names in ((self.temperature(sample), TEMPERATURE), (self.pressure(sample), PRESSURE)):
            told = names.get(result)
            if laws and told and told.along == along:
                return told.of(laws)
        return None

    def temperature(self, sample: str) -> Mapping[str, Any]:
        """Return the laws along temperature of the size that a film has."""
        return self.told.get("temperature", {}).get(self.label(sample), {})

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


TEMPERATURE: dict[str, Law] = {}
PRESSURE: dict[str, Law] = {}


def inside(known: Mapping[str, Any], path: str) -> Any:
    """Return a value under a dotted path, None where there is none."""
    found: Any = known
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found
