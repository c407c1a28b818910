"""Numbers whose standard error comes from few residuals: their interval is that of Student's t."""

from scipy.special import stdtrit

from analysis.methods.contract import Result

# The probability below +1 standard deviation of a normal distribution.
ONE_SIGMA_UP = 0.8413447460685429


def student_reach(stderr: float, dof_count: int) -> float:
    """Return half of the 68.3 % interval of a number with ν degrees of freedom; ± its error without any."""
    return float(stdtrit(dof_count, ONE_SIGMA_UP)) * stderr if dof_count > 0 else stderr


def student_result(name: str, value: float, stderr: float, dof_count: int, unit: str, *, note: str = "") -> Result:
    """Return a result with its interval by Student's t."""
    half = student_reach(stderr, dof_count)
    return Result(name, value, stderr, unit, value - half, value + half, note)
