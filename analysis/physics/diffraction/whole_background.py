"""The background of a whole pattern and how its points scatter, once the lines are roughly known."""

from dataclasses import replace

import numpy as np

from analysis.physics.diffraction.spread import relative_spread
from analysis.physics.diffraction.whole_parameters import rough_weights
from analysis.physics.diffraction.whole_pattern import Pattern, WholePattern
from analysis.physics.fitting.problem import Floats, Likelihood

DEGREES = range(3, 21)


def best_degree(pattern: Pattern, model: WholePattern, values: Floats) -> int:
    """Return the degree of the background with the lowest BIC, the shapes of the lines held."""
    predicted = model.predicted(values)
    weights = rough_weights(with_spread(pattern, predicted), np.maximum(predicted, 1.0))
    lines = [*(model.component(values, place) for place in range(len(model.phases))), *model.frozen.values()]
    smooth = WholePattern(pattern, model.setup, {}, DEGREES[-1]).linear_columns
    design = np.column_stack((*lines, smooth, pattern.observed))
    # One triangle serves every degree: what a column explains stands in its row of the last column.
    triangle = np.asarray(np.linalg.qr(design * weights[:, None], mode="r"))
    squares = np.cumsum(triangle[::-1, -1] ** 2)[::-1]
    count, first = len(pattern.observed), len(lines)
    left = np.array([squares[first + degree + 1] for degree in DEGREES])
    objective = left if pattern.likelihood is not Likelihood.UNKNOWN else count * np.log(np.maximum(left, 1e-300))
    return int(DEGREES[int(np.argmin(objective + np.array(DEGREES) * np.log(count)))])


def with_spread(pattern: Pattern, predicted: Floats) -> Pattern:
    """Return the pattern with its relative errors where nobody states them."""
    if pattern.likelihood is not Likelihood.UNKNOWN:
        return pattern
    return replace(pattern, relative=relative_spread(pattern.angles_deg, predicted, pattern.observed - predicted))
