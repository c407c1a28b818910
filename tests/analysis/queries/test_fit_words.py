"""Statistics of fits in words: what matters first, units from names, nothing said twice."""

from analysis.queries.fit_words import choices_told, lines_of, statistics_told

STATISTICS = {
    "likelihood": "Poisson", "weighting": "Poisson likelihood of the counts", "n": 256, "dof": 252,
    "objective_name": "deviance", "objective": 249.123456, "is_converged": True,
    "reason": "the steps became negligible", "covariance": "not scaled", "runs_p": 0.002,
    "at_bound": "", "range_nm": "600–675", "window_ns": 50.4, "seed": 0,
}  # fmt: skip


def test_statistics_are_told_in_the_order_a_person_asks() -> None:
    told = {one.label: one.shown for one in statistics_told(STATISTICS)}

    assert list(told)[:4] == ["Weighting", "Points", "Degrees of freedom", "Deviance"]
    assert told["Deviance"] == "249.1"
    assert told["Converged"] == "yes: the steps became negligible"
    assert told["Standard errors"] == "as the likelihood gives them, not scaled"
    assert told["Runs test"] == "p = 0.002, the residuals have structure"


def test_what_is_empty_is_not_told() -> None:
    assert "On a bound" not in {one.label for one in statistics_told(STATISTICS)}


def test_choices_of_the_method_carry_the_unit_of_their_name() -> None:
    told = [(one.label, one.shown) for one in choices_told(STATISTICS)]

    assert told == [("Range", "600–675 nm"), ("Window", "50.4 ns")]


def test_errors_that_would_grow_are_said_not_to_be_scaled() -> None:
    told = {one.label: one.shown for one in statistics_told({"scale_factor": 1.3})}

    assert told == {"Errors would grow": "1.3 times if the scatter were scaled in; they are not"}


def test_switches_and_lists_are_words() -> None:
    assert [one.shown for one in lines_of({"dispersion": False, "phases": ["γ", "δ"], "depth": -0.00012})] == [
        "−0.00012", "no", "γ, δ",
    ]  # fmt: skip
