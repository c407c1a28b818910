"""REST addresses of fits, results and values in force, and what is done with them: the services of the pages."""

from django.urls import URLPattern, URLResolver

from analysis.api.resources import FIT_HISTORY, FITS, RESULTS, VALUES
from analysis.forms.asking import AnalyseForm, ReasonForm, stated_by_method, stated_for
from analysis.services.asking import ask_for_analysis, ask_for_repetition
from analysis.services.series_fits import fit_all
from analysis.services.verdicts import accept_fit, reject_fit, withdraw_verdict
from labbook.api.acts import Act, Call, act_path
from labbook.api.resources import detail_path, list_paths
from measurements.api.resources_measurements import MEASUREMENTS, SERIES

ONE = "fits/<str:key>"


def do_accept(call: Call) -> str:
    """Let a fit's numbers count."""
    accept_fit(call.journal, call.record, reason=call.data["reason"])
    return "It counts now."


def do_reject(call: Call) -> str:
    """Let a fit's numbers not count."""
    reject_fit(call.journal, call.record, reason=call.data["reason"])
    return "It no longer counts."


def do_withdraw(call: Call) -> str:
    """Take a verdict back."""
    withdraw_verdict(call.journal, call.record)
    return "The verdict is taken back."


def do_repeat(call: Call) -> str:
    """Run a fit again on today's records."""
    return f"Job {ask_for_repetition(call.journal, [call.record]).pk} repeats it."


def do_analyse(call: Call) -> str:
    """Run a method on a measurement."""
    method = call.data["method"]
    job = ask_for_analysis(call.journal, call.record, method=method, stated=stated_for(method, call.body))
    return f"Job {job.pk} runs {method}."


def do_fit_all(call: Call) -> str:
    """Fit a series whole."""
    return f"Job {fit_all(call.journal, call.record, stated=stated_by_method(call.body)).pk} fits it."


ACCEPT = Act("fit_accept", "Let its numbers count", do_accept, ReasonForm, resource=FITS)
REJECT = Act("fit_reject", "Let its numbers not count", do_reject, ReasonForm, resource=FITS)
WITHDRAW = Act("fit_withdraw", "Take the verdict back", do_withdraw, resource=FITS)
REPEAT = Act("fit_repeat", "Run it again on today's records", do_repeat, resource=FITS)
ANALYSE = Act(
    "measurement_analyse", "Run a method on it", do_analyse, AnalyseForm, resource=MEASUREMENTS,
    extras={"settings": {"type": "object", "example": {"shape": "voigt"}}},
)  # fmt: skip
FIT_ALL = Act(
    "series_fit_all", "Fit every rung and the laws along it", do_fit_all, resource=SERIES,
    extras={"settings": {"type": "object", "example": {"decay": {"model": "bi"}}}},
)  # fmt: skip
ACTS = {"accept": ACCEPT, "reject": REJECT, "withdraw": WITHDRAW, "repeat": REPEAT}

urlpatterns: list[URLPattern | URLResolver] = [
    *list_paths(FITS),
    detail_path(FITS),
    *list_paths(FIT_HISTORY, f"{ONE}/history"),
    *(act_path(f"{ONE}/{name}", act) for name, act in ACTS.items()),
    *list_paths(RESULTS),
    *list_paths(VALUES),
    detail_path(VALUES),
    act_path("measurements/<str:key>/analyse", ANALYSE),
    act_path("series/<str:key>/fit-all", FIT_ALL),
]
