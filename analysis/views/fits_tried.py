"""What was tried, beside the fit that is kept: curve over curve, number beside number, flags."""

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from analysis.methods.contract import Outcome
from analysis.models import Fit
from analysis.publishing.rounding import Number, Printed, printed
from analysis.publishing.symbols import unit_text
from analysis.quantities import QUANTITIES
from analysis.services.plots import plots_of

if TYPE_CHECKING:
    from analysis.drawing.panel import Panel, PanelTrace

BEFORE = "before"
NONE = Printed("–")


@dataclass(frozen=True, slots=True)
class Compared:
    """One number before and now."""

    label: str
    unit: str
    before: Printed
    now: Printed


def tried_context(fit: Fit, outcome: Outcome) -> dict[str, Any]:
    """Return what a template shows of a run that was not kept."""
    context: dict[str, Any] = {
        "outcome": outcome,
        "compared": [*results_compared(fit, outcome), *parameters_compared(fit, outcome)],
        "gone_flags": gone_flags(fit, outcome),
        "took_ms": round(outcome.seconds * 1000),
    }
    panel = tried_panel(fit, outcome)
    if panel is not None:
        from analysis.drawing.answering import as_json
        from analysis.drawing.picture import picture_of

        context |= {"panel": panel, "picture": picture_of(panel), "numbers": json.dumps(as_json(panel))}
    return context


def results_compared(fit: Fit, outcome: Outcome) -> list[Compared]:
    """Return every result that either run tells."""
    before = {one.name: Number(one.value, one.stderr, one.low, one.high) for one in fit.results.all()}
    units = {one.name: one.unit for one in fit.results.all()} | {one.name: one.unit for one in outcome.results}
    now = {one.name: Number(one.value, one.stderr, one.low, one.high) for one in outcome.results}
    return [
        Compared(label_of(name), unit_text(units[name]), of(before, name), of(now, name))
        for name in dict.fromkeys([*now, *before])
    ]


def parameters_compared(fit: Fit, outcome: Outcome) -> list[Compared]:
    """Return the parameters that are no result under the same name."""
    told = {one.name for one in outcome.results} | {one.name for one in fit.results.all()}
    before = {one["name"]: Number(one["value"], one["stderr"]) for one in fit.parameters}
    now = {one.name: Number(one.value, one.stderr) for one in outcome.parameters}
    units = {one["name"]: one["unit"] for one in fit.parameters} | {one.name: one.unit for one in outcome.parameters}
    names = [name for name in dict.fromkeys([*now, *before]) if name not in told]
    return [Compared(name, unit_text(units[name]), of(before, name), of(now, name)) for name in names]


def of(numbers: dict[str, Number], name: str) -> Printed:
    """Return a number as a person reads it, or that there is none."""
    return printed(numbers[name]) if name in numbers else NONE


def label_of(name: str) -> str:
    """Return the name of a quantity as a person reads it."""
    known = QUANTITIES.get(name)
    return f"{known.label}, {known.symbol}" if known else name.replace("_", " ")


def gone_flags(fit: Fit, outcome: Outcome) -> list[str]:
    """Return the flags of the kept fit that what was tried does not have."""
    now = {one.code for one in outcome.flags}
    return [one["text"] for one in fit.flags if one["code"] not in now]


def tried_panel(fit: Fit, outcome: Outcome) -> "Panel | None":
    """Return the first plot of what was tried, with the model of the kept fit in it."""
    from analysis.drawing.of_fits import panel_of

    first = next((one for one in outcome.plots if one.picture is None), None)
    if first is None:
        return None
    panel = panel_of(first)
    before = model_before(fit, first.name)
    return replace(panel, traces=(*panel.traces, before)) if before is not None else panel


def model_before(fit: Fit, name: str) -> "PanelTrace | None":
    """Return the model of the kept fit on the plot of a name."""
    from analysis.drawing.of_fits import axis_of, trace_of
    from analysis.drawing.panel import BEFORE_STYLE, COMPONENT, LINE

    try:
        kept = next((one for one in plots_of(fit.plots_key, fit.plots) if one.name == name), None)
    except FileNotFoundError:
        return None
    if kept is None or kept.model is None:
        return None
    return trace_of(BEFORE, axis_of(kept, kept.model), kept.model, BEFORE_STYLE, LINE, role=COMPONENT)
