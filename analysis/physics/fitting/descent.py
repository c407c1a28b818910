"""The way down from one start: damped Gauss–Newton steps, which for counts are Fisher scoring, inside bounds."""

from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from analysis.physics.fitting.place import Place, linear_at, moved, placed, unit_of
from analysis.physics.fitting.problem import Floats, Likelihood, Problem
from analysis.physics.fitting.scatter import floor_counts, rounding_of
from analysis.physics.fitting.step import Linear, Which, column_norms, scaled_by

# How carefully a descent begins. Where that ends in no minimum, or where the model has gone flat, another way may not.
FIRST_DAMPING_RATIO = 1e-3
OTHER_DAMPING_RATIOS = (1e2, 1e-7)
MOST_DAMPING_RATIO = 1e16
# A step is taken when the objective falls by more than this part of what the linear model expects.
LEAST_GAIN = 1e-4
# How far one step goes to a bound that is more than an error away, so that none is met by a step too bold.
SHARE_TO_BOUND = 0.5
# Below this part of the objective its own rounding hides whether a step went down; the step is taken unseen.
ROUNDING_RATIO = 1e-13
MOST_UNSEEN_COUNT = 20
# A slope this far below the largest one met on the way is lost: the model no longer depends on the parameter.
LOST_RATIO = 1e-10

NEGLIGIBLE = "the steps became negligible"
LEVEL = "the objective became level"


@dataclass(frozen=True, slots=True)
class Effort:
    """How far a descent goes: until steps are this small beside the parameters, for at most so many Jacobians."""

    step_ratio: float = 1e-10
    most_count: int = 500
    first_damping_ratio: float = FIRST_DAMPING_RATIO


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """Where a descent ended, why, whether that is a minimum, after how many Jacobians, and what the model lost.

    `is_lost`, shape (free,), marks parameters that the model depended on at the way's start and not at its end.
    """

    place: Place
    reason: str
    is_converged: bool = False
    jacobian_count: int = 0
    is_lost: Which | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether another way down from the same start is worth trying."""
        return not self.is_converged or (self.is_lost is not None and bool(self.is_lost.any()))


@dataclass(slots=True, eq=False)
class Descending:
    """A descent under way; `norms` and `largest`, shape (free,), are the slopes' lengths now and at their longest."""

    problem: Problem
    place: Place
    effort: Effort
    largest: Floats
    damping_ratio: float
    rounding: float
    norms: Floats = field(default_factory=lambda: np.zeros(0))
    unseen_count: int = 0

    def advance(self) -> tuple[bool, str] | None:
        """Go one Jacobian further; return (is it a minimum, why it ended) at the end."""
        linear = linear_at(self.problem, self.place)
        if linear is None:
            return False, "the slope of the model is not finite"
        self.norms = column_norms(linear.triangle)
        self.largest = np.maximum(self.largest, self.norms)
        linear.scale = scaled_by(self.largest)
        linear.keep_off(sqrt(unit_of(self.problem, self.place)), SHARE_TO_BOUND)
        while self.damping_ratio < MOST_DAMPING_RATIO:
            step = linear.step(self.damping_ratio)
            expected = linear.reduction(step)
            trial = moved(self.problem, self.place, step)
            if self.is_put_on_bound(linear, trial):
                return None
            if expected <= ROUNDING_RATIO * self.place.objective + self.rounding:
                return self.polished(linear, trial, step)
            gained = (self.place.objective - trial.objective) / expected
            self.damp(gained)
            if gained > LEAST_GAIN:
                self.place = trial
                return (True, NEGLIGIBLE) if self.is_small(step) and self.is_small(linear.step(0.0)) else None
        return self.stalled(linear)

    def is_put_on_bound(self, linear: Linear, trial: Place) -> bool:
        """Put what lies within an error of a bound and is pulled there onto it, if that is lower than the trial.

        Steps alone only creep up to zero background: the fewer counts are expected, the more an empty bin weighs.
        """
        is_near = linear.near_bound(sqrt(unit_of(self.problem, self.place)))
        if not is_near.any():
            return False
        put = moved(self.problem, self.place, linear.step(self.damping_ratio, is_near))
        if not put.objective < min(self.place.objective, trial.objective):
            return False
        self.place = put
        return True

    def damp(self, gained: float) -> None:
        """Trust the linear model more after a step as good as expected, less after a bad one.

        A poor step that is taken all the same goes round a bend, where the next one had better be shorter still.
        """
        if not gained > 0.25:
            self.damping_ratio = max(self.damping_ratio, 1e-10) * (8.0 if gained > LEAST_GAIN else 4.0)
        elif gained > 0.75:
            self.damping_ratio = self.damping_ratio / 10.0 if self.damping_ratio > 1e-14 else 0.0

    def polished(self, linear: Linear, trial: Place, step: Floats) -> tuple[bool, str] | None:
        """Take a step whose gain rounding hides, undamped, until it is small or was taken often enough."""
        if self.damping_ratio > 0:
            step = linear.step(0.0)
            trial = moved(self.problem, self.place, step)
        if not trial.objective <= self.place.objective * (1 + 1e-9) + self.rounding:
            return self.stalled(linear)
        self.place, self.damping_ratio = trial, 0.0
        self.unseen_count += 1
        if self.is_small(step):
            return True, NEGLIGIBLE
        return (True, LEVEL) if self.unseen_count >= MOST_UNSEEN_COUNT else None

    def is_small(self, step: Floats) -> bool:
        """Say whether a step is negligible beside every parameter."""
        at = np.abs(self.place.values[self.problem.is_free])
        return bool((np.abs(step) <= self.effort.step_ratio * (at + 1e-300)).all())

    def stalled(self, linear: Linear) -> tuple[bool, str]:
        """Tell an end where no step goes down: a minimum if an undamped one would move by far less than the errors."""
        expected = linear.reduction(linear.step(0.0))
        if expected <= 1e-6 * unit_of(self.problem, self.place):
            return True, LEVEL
        if self.problem.likelihood is Likelihood.POISSON and self.place.predicted.min() < floor_counts(self.problem):
            return False, "the model runs into zero counts; bound it so that it stays above"
        return False, "no step made the objective smaller"

    def ended(self, *, is_minimum: bool, reason: str, count: int) -> Descent:
        """Return the end of the descent."""
        is_lost = self.norms < LOST_RATIO * self.largest if len(self.norms) else None
        return Descent(self.place, reason, is_converged=is_minimum, jacobian_count=count, is_lost=is_lost)


def descend(problem: Problem, start: Floats, effort: Effort) -> Descent:
    """Go down from a start, shape (p,), moved inside the bounds; its objective may be infinite, then it ends there."""
    lower = [one.lower for one in problem.parameters]
    upper = [one.upper for one in problem.parameters]
    values = np.where(problem.is_free, np.clip(np.asarray(start, dtype=float), lower, upper), problem.starts)
    place = placed(problem, values)
    if not np.isfinite(place.objective):
        return Descent(place, "the model has no finite prediction at the start")
    if not problem.is_free.any():
        return Descent(place, "nothing was free", is_converged=True)
    nothing = np.zeros(int(problem.is_free.sum()))
    under_way = Descending(problem, place, effort, nothing, effort.first_damping_ratio, rounding_of(problem))
    for count in range(1, effort.most_count + 1):
        ended = under_way.advance()
        if ended is not None:
            return under_way.ended(is_minimum=ended[0], reason=ended[1], count=count)
    return under_way.ended(
        is_minimum=False, reason=f"no minimum within {effort.most_count} steps", count=effort.most_count
    )
