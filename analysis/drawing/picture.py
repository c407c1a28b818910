"""A panel as a picture that needs no script: its traces above, its residuals below, ticks at round numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.drawing.answering import MOST_BARS
from analysis.drawing.panel import BARS, DATA, LINE, STICKS, Panel, PanelTrace
from analysis.drawing.picture_marks import Size, Stick, Stripe, ends_of, is_drawn, sticks_of, stripes_of
from measurements.curves.colors import Style
from measurements.curves.picture import Mark, Scale
from measurements.curves.thinning import Numbers, thinned

PICTURE_POINTS, CROWDED_POINTS = 400, 140
# More dots than these are one path.
MOST_DOTS = 60
CLOUD = "cloud"
AIR_FRACTION = 0.05
RESIDUAL_SHARE, GAP = 0.22, 16


LARGE, SMALL = Size(), Size(width=372, height=236, left=52, right=14)
WITH_ENDS = Size(right=104, height=460)


@dataclass(frozen=True, slots=True)
class Shape:
    """One path, or dots, of a picture."""

    steps: str
    style: Style
    kind: str
    role: str
    dots: tuple[tuple[str, str, str], ...] = ()

    @property
    def dash(self) -> str:
        """The dash as SVG writes it."""
        return " ".join(map(str, self.style.dash))


@dataclass(frozen=True, slots=True)
class PanelPicture:
    """What a template needs to draw."""

    size: Size
    bottom: float
    residual_top: float | None
    shapes: tuple[Shape, ...] = ()
    across: tuple[Mark, ...] = ()
    up: tuple[Mark, ...] = ()
    residual_up: tuple[Mark, ...] = ()
    residual_zero: float | None = None
    residuals: tuple[Shape, ...] = ()
    sticks: tuple[Stick, ...] = ()
    stripes: tuple[Stripe, ...] = ()
    ends: tuple[Mark, ...] = ()

    @property
    def right(self) -> int:
        """Where the panels end."""
        return self.size.width - self.size.right

    @property
    def foot(self) -> int:
        """Where the lowest panel ends."""
        return self.size.height - self.size.bottom


def picture_of(panel: Panel, size: Size = LARGE) -> PanelPicture:
    """Return the picture of a panel; one without a number to draw is empty."""
    foot = size.height - size.bottom
    bottom = foot if panel.residuals is None else foot - RESIDUAL_SHARE * (foot - size.top) - GAP
    top = None if panel.residuals is None else bottom + GAP
    across, up = x_range(panel), y_range(panel)
    if across is None or up is None:
        return PanelPicture(size, bottom, top)
    x = Scale(*across, size.left, size.width - size.right)
    y = Scale(*up, bottom, size.top, panel.is_log)
    below = residual_scale(panel, top, foot)
    points = CROWDED_POINTS if panel.has_ends else PICTURE_POINTS
    return PanelPicture(
        size, bottom, top,
        shapes=tuple(shape_of(one, x, y, bottom, points) for one in panel.traces),
        across=tuple(Mark(x.place(one.value), one.label) for one in x.ticks(7 if size.width > 500 else 5)),
        up=tuple(Mark(y.place(one.value), one.label) for one in y.ticks(6)),
        residual_up=tuple(Mark(below.place(one.value), one.label) for one in below.ticks(3)) if below else (),
        residual_zero=below.place(0.0) if below else None,
        residuals=(shape_of(panel.residuals, x, below, foot, points),) if below and panel.residuals is not None else (),
        sticks=tuple(sticks_of(panel, x, y, size)),
        stripes=tuple(stripes_of(panel, x)),
        ends=tuple(ends_of(panel.traces, y)) if panel.has_ends else (),
    )  # fmt: skip


def x_range(panel: Panel) -> tuple[float, float] | None:
    """Return what the axis spans; points that stand for themselves have some air beside them."""
    ends = [(float(one.x[0]), float(one.x[-1])) for one in panel.traces if len(one.x)]
    if not ends:
        return None
    low, high = min(one for one, _ in ends), max(one for _, one in ends)
    is_wide = any(len(one.x) > MOST_BARS or one.kind == LINE for one in panel.traces if one.role == DATA)
    air = 0.0 if is_wide and high > low else (AIR_FRACTION * (high - low) or 0.5)
    return low - air, high + air


def y_range(panel: Panel) -> tuple[float, float] | None:
    """Return what the values span, their errors included; bars stand on zero."""
    measured = [one for one in panel.traces if one.role == DATA]
    # A part of a model may fall to nothing; what was measured says how far down is worth a look.
    counting = measured if panel.is_log and measured else panel.traces
    ends = [end for one in counting for end in (one.y, *reaches(one))]
    finite = [part[part > 0] if panel.is_log else part for end in ends if (part := end[np.isfinite(end)]).size]
    told = [part for part in finite if part.size]
    if not told:
        return None
    low, high = min(float(one.min()) for one in told), max(float(one.max()) for one in told)
    if panel.is_log:
        return low * 0.8, high * 1.3
    if any(one.kind in {BARS, STICKS} for one in panel.traces):
        low = min(low, 0.0)
    air = AIR_FRACTION * (high - low) or abs(high) * AIR_FRACTION or 1.0
    return (low if low == 0.0 else low - air), high + air


def reaches(trace: PanelTrace) -> Sequence[Numbers]:
    """Return how far the error bars of a trace reach; nothing for one that is drawn without."""
    if trace.stderr is None or len(trace.x) > MOST_BARS:
        return ()
    return trace.y - trace.stderr, trace.y + trace.stderr


def residual_scale(panel: Panel, top: float | None, foot: float) -> Scale | None:
    """Return the scale of the residuals, zero in its middle."""
    if panel.residuals is None or top is None:
        return None
    finite = panel.residuals.y[np.isfinite(panel.residuals.y)]
    largest = float(np.abs(finite).max()) if finite.size else 1.0
    reach = 1.1 * largest or 1.0
    return Scale(-reach, reach, foot, top)


def shape_of(trace: PanelTrace, x: Scale, y: Scale, bottom: float, points: int) -> Shape:
    """Return one trace as SVG draws it."""
    if trace.kind == LINE:
        return Shape(line_of(trace, x, y, points), trace.style, trace.kind, trace.role)
    if trace.kind == BARS:
        return Shape(bars_of(trace, x, y, bottom), trace.style, trace.kind, trace.role)
    if trace.kind == STICKS:
        return Shape(uprights_of(trace, x, y, bottom), trace.style, trace.kind, trace.role)
    dots = dots_of(trace, x, y, points)
    if len(dots) > MOST_DOTS:
        # Lines without a length and with round ends: a tenth of what as many circles would take.
        cloud = "".join(f"M{across} {up}h0" for across, up, _ in dots)
        return Shape(cloud, trace.style, CLOUD, trace.role)
    return Shape(errors_of(trace, x, y), trace.style, trace.kind, trace.role, tuple(dots))


def line_of(trace: PanelTrace, x: Scale, y: Scale, points: int) -> str:
    """Return a line as steps of a path; a gap begins a new one."""
    steps, is_down = [], False
    for across, value in zip(*(part.tolist() for part in thinned(trace.x, trace.y, points)), strict=True):
        if not is_drawn(value, y):
            is_down = False
            continue
        steps.append(f"{'L' if is_down else 'M'}{x.place(across):.1f} {y.place(value):.1f}")
        is_down = True
    return "".join(steps)


def bars_of(trace: PanelTrace, x: Scale, y: Scale, bottom: float) -> str:
    """Return a histogram as closed steps."""
    edges = [*trace.x.tolist(), float(2 * trace.x[-1] - trace.x[-2]) if len(trace.x) > 1 else float(trace.x[0]) + 1]
    return "".join(
        f"M{x.place(left):.1f} {bottom:.1f}V{y.place(value):.1f}H{min(x.place(right), x.end):.1f}V{bottom:.1f}Z"
        for left, right, value in zip(edges[:-1], edges[1:], trace.y.tolist(), strict=True)
        if is_drawn(value, y)
    )


def uprights_of(trace: PanelTrace, x: Scale, y: Scale, bottom: float) -> str:
    """Return sticks as upright lines."""
    pairs = zip(trace.x.tolist(), trace.y.tolist(), strict=True)
    return "".join(f"M{x.place(at):.1f} {bottom:.1f}V{y.place(value):.1f}" for at, value in pairs if is_drawn(value, y))


def errors_of(trace: PanelTrace, x: Scale, y: Scale) -> str:
    """Return error bars as one path."""
    if trace.stderr is None or len(trace.x) > MOST_BARS:
        return ""
    steps = []
    for at, value, stderr in zip(trace.x.tolist(), trace.y.tolist(), trace.stderr.tolist(), strict=True):
        if is_drawn(value - stderr, y) and math.isfinite(stderr):
            steps.append(f"M{x.place(at):.1f} {y.place(value - stderr):.1f}V{y.place(value + stderr):.1f}")
    return "".join(steps)


def dots_of(trace: PanelTrace, x: Scale, y: Scale, points: int) -> list[tuple[str, str, str]]:
    """Return points with what each of them is."""
    said = trace.said or ("",) * len(trace.x)
    xs, ys = (trace.x, trace.y) if trace.said else thinned(trace.x, trace.y, points)
    pairs = zip(xs.tolist(), ys.tolist(), said, strict=False)
    return [(f"{x.place(at):.1f}", f"{y.place(value):.1f}", words) for at, value, words in pairs if is_drawn(value, y)]
