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
    parts: dict[bytes, tuple[Floats, Floats, Floats]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Floats, differences: Floats) -> "Linear":
        """Return the triangle of weighted rows, shape (n, p), and weighted differences, shape (n,), without bounds."""
        reduced = np.asarray(np.linalg.qr(np.column_stack((rows, differences)), mode="r"))
        triangle, target = reduced[:, :-1], reduced[:, -1]
        width = triangle.shape[1]
        return cls(triangle, target, scaled_by(column_norms(triangle)), np.full(width, -np.inf), np.full(width, np.inf))

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

    def step(self, damping_ratio: float, is_put: Which | None = None) -> Floats:
        """Return the damped step, shape (p,); a parameter that would leave its bounds stops there, the others adapt.

        Those of `is_put` go to the bound that they are pulled to.
        """
        step = np.zeros(len(self.scale))
        is_free = ~self.is_held
        if is_put is not None:
            step[is_put] = np.where(self.pull > 0, self.high, self.low)[is_put]
            is_free &= ~is_put
        while is_free.any():
            rest = self.target - self.triangle[:, ~is_free] @ step[~is_free]
            step[is_free] = self.solved(is_free, rest, damping_ratio)
            is_beyond = is_free & ((step < self.low) | (step > self.high))
            if not is_beyond.any():
                break
            step[is_beyond] = np.clip(step, self.low, self.high)[is_beyond]
            is_free &= ~is_beyond
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
