"""What moves in the fit of a whole powder pattern, within which bounds, and where the linear part starts."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.physics.diffraction.phase_lines import Phase
from analysis.physics.diffraction.scale_search import DELTA_SIZE_NM, Start
from analysis.physics.diffraction.whole_pattern import B_ISO_ANGSTROM2, Pattern, WholePattern
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter

FIRST_GAUSS_DEG = 0.05
# How far an edge may move from the start, as a part of it.
LEAST_EDGE, MOST_EDGE = 0.9, 1.1
# Lines of smaller crystals of δ would be a background.
LEAST_DELTA_NM = 4.0


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may decide: the instrument's Gaussian FWHM (None: fitted), what moves, and the background."""

    gauss_deg: float | None = None
    has_strain: bool = True
    has_shift: bool = True
    has_b_iso: bool = True
    is_textured: bool = False
    has_dispersion: bool = False
    degree: int | None = None
    has_delta: bool = True
    # γ that is hardly seen beside δ keeps the cell it starts with, and the size unless its breadth is seen.
    gamma_is_held: bool = False
    gamma_size_moves: bool = True


def parameters_of(model: WholePattern, choices: Choices, start: Start, values: Floats | None) -> tuple[Parameter, ...]:
    """Return the parameters of a model with bounds, at given values or at the start's."""
    made = [
        Parameter("shift", 0.0, -1.0, 1.0, "mm" if model.setup.radius_mm else "deg", not choices.has_shift),
        Parameter("b_iso", B_ISO_ANGSTROM2, -4.0, 25.0, "Å²", not choices.has_b_iso),
        Parameter("gauss", FIRST_GAUSS_DEG if choices.gauss_deg is None else choices.gauss_deg, 0.0, 3.0, "deg",
                  choices.gauss_deg is not None),
        # Over all faces of a cube the slope at one is zero, so no fit would ever leave it.
        Parameter("texture", 0.7 if choices.is_textured else 1.0, 0.15, 1.0, "", not choices.is_textured),
    ]  # fmt: skip
    for prefix, phase in model.phases.items():
        made += phase_parameters(prefix, phase, choices, start)
    made += [Parameter(name, 0.0) for name in (*model.frozen, *(f"c{power}" for power in range(model.degree + 1)))]
    if values is None:
        values = linear_start(model, np.array([one.start for one in made]))
    return tuple(replace(one, start=float(value)) for one, value in zip(made, values, strict=True))


def phase_parameters(prefix: str, phase: Phase, choices: Choices, start: Start) -> list[Parameter]:
    """Return the parameters of one phase as the start has it."""
    is_gamma = prefix == "gamma"
    stretch, size_nm = (start.gamma_stretch, start.size_nm) if is_gamma else (start.delta_stretch, DELTA_SIZE_NM)
    edges = [edge * stretch for edge in phase.reflections.structure.edges_angstrom]
    is_held = is_gamma and choices.gamma_is_held
    return [
        Parameter(f"{prefix}_scale", 1.0),
        *(Parameter(f"{prefix}_{name}", edge, edge * LEAST_EDGE, edge * MOST_EDGE, "Å", is_held)
          for name, edge in zip("abc", edges, strict=True)),
        Parameter(f"{prefix}_size", size_nm, 0.8 if is_gamma else LEAST_DELTA_NM, 2000.0, "nm",
                  is_held and not choices.gamma_size_moves),
        Parameter(f"{prefix}_strain", 0.0, -0.03, 0.1, "", is_held or not choices.has_strain),
    ]  # fmt: skip


def linear_start(model: WholePattern, values: Floats) -> Floats:
    """Return values whose linear ones (scales, background) are the least squares for the others."""
    linear = [index for index, name in enumerate(model.names)
              if name.endswith("_scale") or name in model.frozen or name[1:].isdigit()]  # fmt: skip
    values = values.copy()
    unit = values.copy()
    unit[linear] = 1.0
    design = model.slopes(unit)[:, linear]
    weights = rough_weights(model.pattern, np.maximum(model.pattern.observed, 1.0))
    found = np.linalg.lstsq(design * weights[:, None], model.pattern.observed * weights, rcond=None)[0]
    values[linear] = found
    return values


def rough_weights(pattern: Pattern, expected: Floats) -> Floats:
    """Return the roots of the weights, shape (n,)."""
    if pattern.stderrs is not None:
        return np.asarray(1 / pattern.stderrs)
    if pattern.likelihood is Likelihood.POISSON:
        return np.asarray(1 / np.sqrt(np.maximum(expected, 1.0)))
    return np.ones_like(expected) if pattern.relative is None else np.asarray(1 / pattern.relative)
