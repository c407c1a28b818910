"""Preferred orientation of cubes that lie on their faces."""

import numpy as np
from numpy.typing import NDArray

from analysis.physics.fitting.problem import Floats

# Normals of the faces of the pseudo-cubic cell in the indices of Pbnm: 002 and 110 with its mirror image.
FACES = np.array([[0, 0, 1], [1, 1, 0], [1, -1, 0]])


def squared_cosines(hkl: NDArray[np.int_], metric: Floats) -> Floats:
    """Return cos² of the angle between planes, shape (k, 3), and the faces of the cube, shape (k, 3)."""
    lengths = np.sqrt(np.einsum("ki,ij,kj->k", hkl, metric, hkl))
    faces = np.sqrt(np.einsum("fi,ij,fj->f", FACES, metric, FACES))
    return np.asarray((hkl @ metric @ FACES.T / np.outer(lengths, faces)) ** 2)


def march(squares: Floats, ratio: float) -> tuple[Floats, Floats]:
    """Return how much stronger texture makes each reflection, shape (k,), and the slope by the March ratio.

    Mean over the faces of (r² cos² α + sin² α / r)^(−3/2): one for r = 1, faces parallel to the film for r < 1.
    Dollase, J. Appl. Cryst. 19 (1986) 267. `squares` holds cos² α, shape (k, faces).
    """
    inner = ratio**2 * squares + (1 - squares) / ratio
    slope = -1.5 * inner**-2.5 * (2 * ratio * squares - (1 - squares) / ratio**2)
    return (inner**-1.5).mean(axis=1), slope.mean(axis=1)
