"""Which of several laws values along a ladder follow, when their scatter has to be found as well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.physics.fitting.criteria import Comparison, aicc, compare
from analysis.physics.fitting.problem import Floats, Likelihood, Problem
from analysis.physics.fitting.solve import fit
from analysis.physics.points.scattered import UNLIKELY_P, chance_of, scatter_of, with_extra


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The law with the lowest AICc unless it gains too little, all of them compared, and how."""

    name: str
    compared: tuple[Comparison, ...]
    is_scale_free: bool


def choose(
    problems: Mapping[str, Problem],
    starts: Mapping[str, Sequence[Floats]],
    *,
    gain: float = 0.0,
    seed: int = 0,
    is_found: bool = False,
) -> Choice:
    """Return which of several laws, the simplest first, the same values follow.

    Where even the best law leaves more than the stated errors explain (p < 5 %), or with `is_found`, every point gets
    the extra scatter that the richest law needs, and laws are compared by n ln(χ²/n) with the size of the errors free.
    A law replaces the first one only if its AICc is lower by `gain`.
    """
    fits = {name: fit(one, starts=starts.get(name, ()), seed=seed) for name, one in problems.items()}
    best = min(fits.values(), key=aicc)
    chance = chance_of(best) if best.likelihood is Likelihood.KNOWN else None
    is_scale_free = chance is not None and (chance < UNLIKELY_P or is_found)
    if is_scale_free:
        richest = max(fits, key=lambda name: fits[name].free_count)
        left = problems[richest].observed - fits[richest].predicted
        stderrs = problems[richest].stderrs
        extra = 0.0 if stderrs is None else scatter_of(left, stderrs, fits[richest].dof_count)
        # Stated errors that explain the richest law are not let go: the others must answer for what they leave.
        is_scale_free = extra > 0
        if is_scale_free:
            fits = {
                name: fit(whitened(with_extra(one, extra)), starts=[fits[name].values], seed=seed)
                for name, one in problems.items()
            }
    compared = compare(fits)
    first = next(iter(problems))
    above = next(one.aicc_above for one in compared if one.name == first)
    return Choice(compared[0].name if above > gain else first, compared, is_scale_free)


def whitened(problem: Problem) -> Problem:
    """Return the problem in units of its errors, whose common size is left to the residuals."""
    stderrs = problem.stderrs
    if stderrs is None:
        return problem
    return replace(
        problem,
        predict=lambda values: problem.predict(values) / stderrs,
        jacobian=lambda values: problem.jacobian(values) / stderrs[:, None],
        observed=problem.observed / stderrs,
        likelihood=Likelihood.UNKNOWN,
        stderrs=None,
    )
