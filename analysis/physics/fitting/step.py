"""One damped step of a fit inside its bounds, from the triangle that the Jacobian reduces to."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.physics.fitting.problem import Floats

Which = NDArray[np.bool_]
# Singular values below this part of the largest are taken as zero.
RANK_RATIO = 1e-13


@dataclass(slots=True, eq=False)
class Linear:
    """The model near a point, |target − triangle δ|²: triangle (k, p), target (k,) with k ≤ p + 1, and room to move.

    `low` and `high`, shape (p,), are the steps that end on the bounds; `scale`, shape (p,), measures the columns.
    """

    triangle: Floats
    target: Floats
    scale: Floats
    low: Floats
    high: Floats
    most_low: Floats = field(init=False)
    most_high: Floats = field(init=False)
    parts: dict[bytes, tuple[Floats, Floats, Floats]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.most_low, self.most_high = self.low, self.high

    @classmethod
    def of(cls, rows: Floats, differences: Floats, low: Floats, high: Floats) -> "Linear":
        """Return the triangle of weighted rows, shape (n, p), and weighted differences, shape (n,)."""
        reduced = np.asarray(np.linalg.qr(np.column_stack((rows, differences)), mode="r"))
        triangle, target = reduced[:, :-1], reduced[:, -1]
        return cls(triangle, target, scaled_by(column_norms(triangle)), low, high)

    @property
    def pull(self) -> Floats:
        """Which way the objective falls, shape (p,): minus half its gradient."""
        return np.asarray(self.triangle.T @ self.target)

    @property
    def is_held(self) -> Which:
        """Which parameters stand at a bound and are pulled against it, shape (p,)."""
        pull = self.pull
        return ((self.low >= 0) & (pull <= 0)) | ((self.high <= 0) & (pull >= 0))

    def near_bound(self, reach: float) -> Which:
        """Return which parameters are pulled to a bound within `reach` in the root of the objective, shape (p,)."""
        pull = self.pull
        room = np.where(pull > 0, self.high, -self.low)
        return np.asarray((room > 0) & (room * column_norms(self.triangle) < reach))

    def keep_off(self, reach: float, share: float) -> None:
        """Let one step go only a share of the way to a bound that lies further than `reach` in the objective's root."""
        norms = column_norms(self.triangle)
        self.most_low = np.where(-self.low * norms < reach, self.low, share * self.low)
        self.most_high = np.where(self.high * norms < reach, self.high, share * self.high)

    def step(self, damping_ratio: float, is_put: Which | None = None) -> Floats:
        """Return the damped step, shape (p,), inside the bounds; those of `is_put` go to the bound they are pulled to.

        The way to the least-squares solution is followed to the first bound it meets, then on to the solution of the
        others, and so on: the model falls all along.
        """
        step = np.zeros(len(self.scale))
        is_free = ~self.is_held
        if is_put is not None:
            step[is_put] = np.where(self.pull > 0, self.high, self.low)[is_put]
            is_free &= ~is_put
        while is_free.any():
            rest = self.target - self.triangle[:, ~is_free] @ step[~is_free]
            goal = step.copy()
            goal[is_free] = self.solved(is_free, rest, damping_ratio)
            ends = np.clip(goal, self.most_low, self.most_high)
            is_beyond = is_free & (goal != ends)
            if not is_beyond.any():
                return goal
            shares = np.where(is_beyond, (ends - step) / np.where(is_beyond, goal - step, 1.0), np.inf)
            share, is_met = float(shares.min()), shares <= shares.min()
            step = np.where(is_met, ends, np.where(is_free, step + share * (goal - step), step))
            is_free &= ~is_met
        return step

    def solved(self, is_free: Which, rest: Floats, damping_ratio: float) -> Floats:
        """Return the damped least-squares solution over some columns, shape (free,)."""
        left, singular, right = self.decomposed(is_free)
        kept = singular > RANK_RATIO * max(float(singular[0]), 1e-300)
        turned = np.where(kept, singular / np.where(kept, singular**2 + damping_ratio, 1.0), 0.0) * (left.T @ rest)
        return np.asarray(right.T @ turned / self.scale[is_free])

    def decomposed(self, is_free: Which) -> tuple[Floats, Floats, Floats]:
        """Return the singular value decomposition of some columns over their scale, computed once for each choice."""
        key = is_free.tobytes()
        if key not in self.parts:
            columns = self.triangle[:, is_free] / self.scale[is_free]
            left, singular, right = np.linalg.svd(columns, full_matrices=False)
            self.parts[key] = (left, singular, right)
        return self.parts[key]

    def reduction(self, step: Floats) -> float:
        """Return by how much the objective should fall."""
        left = self.target - self.triangle @ step
        return float(self.target @ self.target - left @ left)


def column_norms(rows: Floats) -> Floats:
    """Return the length of every column, shape (p,)."""
    return np.asarray(np.sqrt(np.einsum("ij,ij->j", rows, rows)))


def scaled_by(norms: Floats) -> Floats:
    """Return what columns are divided by, shape (p,): their length, or one where that is zero."""
    return np.where(norms > 0, norms, 1.0)
