"""Numbers of fits as pages show them: rounded together, held, on a bound, correlated, compared."""

from analysis.models import Fit, Result
from analysis.queries.fit_numbers import alternative_rows, correlation_rows, parameter_rows, result_row


def parameter(name: str, **more: object) -> dict[str, object]:
    """Return a parameter as a fit keeps it."""
    usual = {"unit": "ns", "value": 2.283, "stderr": 0.0812, "lower": 0.1, "upper": None, "start": 2.0}
    return {"name": name, "is_fixed": False, **usual, **more}


def test_a_parameter_is_rounded_to_its_error_and_keeps_its_bounds() -> None:
    row = parameter_rows(Fit(parameters=[parameter("tau1")], statistics={"at_bound": ""}))[0]

    assert (row.printed.value, row.printed.stderr) == ("2.28", "0.08")
    assert (row.start, row.lower, row.upper) == ("2", "0.1", "∞")
    assert not row.is_at_bound


def test_a_held_parameter_has_no_error_and_one_on_its_bound_is_marked() -> None:
    fit = Fit(parameters=[parameter("tau1", is_fixed=True), parameter("tau2")], statistics={"at_bound": "tau2"})

    held, bound = parameter_rows(fit)

    assert held.printed.stderr == ""
    assert bound.is_at_bound


def test_correlations_leave_held_parameters_out_and_mark_strong_ones() -> None:
    fit = Fit(
        parameters=[parameter("a"), parameter("held", is_fixed=True), parameter("b")],
        covariance=[[4.0, 0.0, -3.96], [0.0, 0.0, 0.0], [-3.96, 0.0, 4.0]],
    )

    rows = correlation_rows(fit)

    assert [row.name for row in rows] == ["a", "b"]
    assert [one.shown for one in rows[0].cells] == ["1.00", "−0.99"]
    assert [one.is_strong for one in rows[0].cells] == [False, True]


def test_a_single_free_parameter_has_no_correlations() -> None:
    assert correlation_rows(Fit(parameters=[parameter("a")], covariance=[[1.0]])) == []


def test_compared_models_come_best_first_with_their_distance() -> None:
    unchosen = {"is_chosen": False, "note": ""}
    models = [
        {"name": name, "free_count": 4, "objective": 9.0, "aic": aicc, "aicc": aicc, "bic": aicc, **unchosen}
        for name, aicc in (("mono", 30.0), ("bi", 20.5), ("broken", None))
    ]

    rows = alternative_rows(Fit(alternatives=models))

    assert [(one.name, one.above_best) for one in rows] == [("bi", "0.0"), ("mono", "9.5"), ("broken", "")]


def test_a_result_says_its_interval_and_an_open_end() -> None:
    closed = result_row(Result(name="tau1", value=2.3, low=2.1, high=2.6, unit="ns"))
    opened = result_row(Result(name="tau1", value=2.3, low=2.1, unit="ns"))

    assert closed.interval == "2.1 … 2.6"
    assert opened.interval.endswith("… ∞")
    assert (closed.label, closed.unit) == ("Lifetime 1", "ns")
