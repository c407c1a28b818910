"""The intensity against temperature: one or two channels of quenching, and whether it has a kink."""

from dataclasses import dataclass

import numpy as np

from analysis.physics.constants import K_B_EV_PER_K
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem
from analysis.physics.fitting.solve import fit
from analysis.physics.points.choosing import Choice, choose
from analysis.physics.points.scattered import Scattered, fit_scattered
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.temperature.occupation import check_kelvin

NAMES = ("ln_i0", "ln_a", "ea_mev", "ln_a2", "ea2_mev", "kink_per_k", "kink_k")
UNITS = ("", "", "meV", "", "meV", "1/K", "K")
ENERGY_BOUNDS_MEV, STRENGTH_BOUNDS = (1.0, 2000.0), (-20.0, 60.0)
START_ENERGIES_MEV = (15.0, 40.0, 80.0, 160.0, 320.0)
ONE, TWO, KINK = "one channel", "two channels", "one channel with a kink"
# By how much AICc must fall before more than one channel is believed.
CLEARLY = 6.0
FEWEST_TEMPERATURES, FEWEST_EACH_SIDE, FEWEST_TO_COMPARE = 5, 3, 7
GRID_COUNT = 201


@dataclass(frozen=True, slots=True, eq=False)
class QuenchingFit:
    """ln I = ln I0 − ln(1 + Σ aᵢ exp(−Eᵢ/kT)) as chosen, the laws compared, and where a kink fits best, in K."""

    scattered: Scattered
    choice: Choice
    law: str
    kink_k: float | None


def ln_intensities(values: Floats, temperatures_k: Floats) -> Floats:
    """Return the logarithm of the intensity, shape (n,), for parameters in the order of `NAMES`."""
    ln_i0, _, _, _, _, bend, kink_k = values
    first, second = exponents(values, temperatures_k)
    lost = np.logaddexp(0.0, np.logaddexp(first, second))
    return np.asarray(ln_i0 - lost + bend * np.maximum(temperatures_k - kink_k, 0.0))


def exponents(values: Floats, temperatures_k: Floats) -> tuple[Floats, Floats]:
    """Return ln a − Ea/kT of both channels, each of shape (n,); minus infinity for one that is not there."""
    per_mev = 1.0 / (1e3 * K_B_EV_PER_K * temperatures_k)
    return np.asarray(values[1] - values[2] * per_mev), np.asarray(values[3] - values[4] * per_mev)


def derivatives(values: Floats, temperatures_k: Floats) -> Floats:
    """Return the derivatives of `ln_intensities`, shape (n, 7)."""
    first, second = exponents(values, temperatures_k)
    lost = np.logaddexp(0.0, np.logaddexp(first, second))
    shares = np.exp(first - lost), np.exp(second - lost)
    per_mev = 1.0 / (1e3 * K_B_EV_PER_K * temperatures_k)
    bend, kink_k = values[5], values[6]
    is_above = temperatures_k > kink_k
    return np.column_stack((
        np.ones_like(temperatures_k), -shares[0], shares[0] * per_mev, -shares[1], shares[1] * per_mev,
        np.where(is_above, temperatures_k - kink_k, 0.0), np.where(is_above, -bend, 0.0),
    ))  # fmt: skip


def slopes_per_k(values: Floats, temperatures_k: Floats) -> Floats:
    """Return d ln I/dT in 1/K, shape (n,)."""
    by = derivatives(values, temperatures_k)
    per_channel = by[:, 2] * values[2] + by[:, 4] * values[4]
    return np.asarray(-per_channel / temperatures_k + values[5] * (temperatures_k > values[6]))


def quenching_problem(
    temperatures_k: Floats, logarithms: Floats, stderrs: Floats | None, *, law: str, start: Floats
) -> Problem:
    """Return the question of one law of quenching; `start` has shape (7,), and what the law lacks is held."""
    free = {ONE: NAMES[:3], TWO: NAMES[:5], KINK: (*NAMES[:3], "kink_per_k", "kink_k")}[law]
    absent = {"ln_a2": -np.inf, "ea2_mev": ENERGY_BOUNDS_MEV[0], "kink_per_k": 0.0, "kink_k": 0.0}
    room = kink_room_k(temperatures_k) if law == KINK else (-np.inf, np.inf)
    energies, strengths, anything = ENERGY_BOUNDS_MEV, STRENGTH_BOUNDS, (-np.inf, np.inf)
    bounds = (anything, strengths, energies, strengths, energies, anything, room)
    return Problem(
        tuple(
            Parameter(name, value if name in free else absent[name], *bound, unit, is_fixed=name not in free)
            for name, value, bound, unit in zip(NAMES, map(float, start), bounds, UNITS, strict=True)
        ),
        lambda values: ln_intensities(values, temperatures_k),
        lambda values: derivatives(values, temperatures_k),
        logarithms,
        Likelihood.UNKNOWN if stderrs is None else Likelihood.KNOWN,
        stderrs,
    )


def first_guesses(temperatures_k: Floats, logarithms: Floats) -> list[Floats]:
    """Return starts, each of shape (7,): energies spread, each with half of the light lost at some temperature."""
    low_k, high_k = float(temperatures_k.min()), float(temperatures_k.max())
    half_k = np.array([low_k + part * (high_k - low_k) for part in (0.4, 0.8)])
    top, middle_k = float(logarithms.max()), float(np.median(temperatures_k))
    several = []
    for energy_mev in START_ENERGIES_MEV:
        for at_k in half_k:
            strength = energy_mev / (1e3 * K_B_EV_PER_K * at_k)
            second_mev = energy_mev * 3.0
            second = second_mev / (1e3 * K_B_EV_PER_K * high_k)
            several.append(np.array([top, strength, energy_mev, second, second_mev, 0.0, middle_k]))
    return several


def bent_guess(problem: Problem, fitted: Fitted, temperatures_k: Floats) -> Floats:
    """Return where a bend takes most from what one channel leaves, shape (7,), its own parameters moving along.

    To first order in them: the bend's column is freed of theirs, and takes (h·r)²/(h·h) from χ².
    """
    weights = np.ones_like(temperatures_k) if problem.stderrs is None else 1.0 / problem.stderrs
    columns = derivatives(fitted.values, temperatures_k)[:, :3] * weights[:, None]
    basis, _ = np.linalg.qr(columns)
    left = (problem.observed - fitted.predicted) * weights
    places = np.linspace(*kink_room_k(temperatures_k), GRID_COUNT)
    bends = np.maximum(temperatures_k[:, None] - places, 0.0) * weights[:, None]
    bends = bends - basis @ (basis.T @ bends)
    lengths = np.maximum(np.einsum("ij,ij->j", bends, bends), 1e-300)
    best = int(np.argmax((left @ bends) ** 2 / lengths))
    guess = fitted.values.copy()
    guess[NAMES.index("kink_per_k")] = float(left @ bends[:, best] / lengths[best])
    guess[NAMES.index("kink_k")] = places[best]
    return guess


def kink_room_k(temperatures_k: Floats) -> tuple[float, float]:
    """Return between which temperatures a kink leaves three on either side."""
    places = np.unique(temperatures_k)
    return float(places[FEWEST_EACH_SIDE - 1]), float(places[-FEWEST_EACH_SIDE])


def fit_quenching(
    temperatures_k: Floats, logarithms: Floats, stderrs: Floats | None, *, law: str = "best",
    temperature_stderrs_k: Floats | None = None, is_found: bool = False, seed: int = 0,
) -> QuenchingFit:  # fmt: skip
    """Return the law of quenching from ln I at temperatures, all of shape (n,), `stderrs` those of ln I, σ_I/I.

    I = I0/(1 + a exp(−Ea/kT)), optionally with a second channel; the intensity is that of the whole line, in photons.
    `law` is one or two channels, or best: the second only if AICc falls by 6. A change of slope anywhere with three
    temperatures on each side is compared too. Raises CannotAnalyse below 5 temperatures.
    """
    check_kelvin(temperatures_k)
    different_count = len(np.unique(temperatures_k))
    if different_count < FEWEST_TEMPERATURES:
        raise CannotAnalyse(
            f"{different_count} different temperatures are too few for quenching; {FEWEST_TEMPERATURES} are needed."
        )
    guesses = first_guesses(temperatures_k, logarithms)
    problems = {ONE: quenching_problem(temperatures_k, logarithms, stderrs, law=ONE, start=guesses[0])}
    single = fit(problems[ONE], starts=guesses[1:], seed=seed)
    starts = {ONE: [single.values], TWO: guesses[::2], KINK: [single.values]}
    if different_count >= FEWEST_TO_COMPARE:
        bent_start = bent_guess(problems[ONE], single, temperatures_k)
        problems[TWO] = quenching_problem(temperatures_k, logarithms, stderrs, law=TWO, start=guesses[1])
        problems[KINK] = quenching_problem(temperatures_k, logarithms, stderrs, law=KINK, start=bent_start)
    choice = choose(problems, starts, gain=CLEARLY, seed=seed, is_found=is_found)
    chosen = law if law in problems else (choice.name if law == "best" else ONE)
    if chosen == KINK:
        chosen = ONE
    found = next(one.fitted for one in choice.compared if one.name == chosen)
    scattered = fit_scattered(
        problems[chosen], starts=[found.values], seed=seed, is_found=is_found, x_stderrs=temperature_stderrs_k,
        slopes=lambda values: slopes_per_k(values, temperatures_k),
    )  # fmt: skip
    bent = next((one.fitted.value("kink_k") for one in choice.compared if one.name == KINK), None)
    return QuenchingFit(scattered, choice, chosen, bent)


def fit_part(temperatures_k: Floats, logarithms: Floats, stderrs: Floats | None) -> tuple[float, float] | None:
    """Return Ea and its error in meV of one side of a kink alone; None below 5 temperatures or without an error."""
    if len(np.unique(temperatures_k)) < FEWEST_TEMPERATURES:
        return None
    starts = first_guesses(temperatures_k, logarithms)
    problem = quenching_problem(temperatures_k, logarithms, stderrs, law=ONE, start=starts[0])
    found = fit_scattered(problem, starts=starts[1:])
    if found.fitted.at_bound or not found.fitted.is_converged:
        return None
    return found.fitted.value("ea_mev"), found.fitted.stderr("ea_mev") * found.widening_ratio
