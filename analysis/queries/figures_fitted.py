"""Figures of fits along a ladder: decays with their curves, laws against temperature, values with their errors."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.models import Fit
from analysis.publishing.symbols import unit_text
from analysis.quantities import QUANTITIES
from analysis.queries.figures import Asked, Prepared
from analysis.queries.fit_plots import fits_of_samples, fits_on_rungs, plot_of, source_of
from analysis.queries.kin import size_name, sizes_by_code
from measurements.techniques import Along, Branch

if TYPE_CHECKING:
    from analysis.methods.contract import Plot
    from measurements.curves.loading import Numbers
    from measurements.curves.panels import Layer, Panel, PanelFigure

LIFETIMES = ("tau1", "tau2", "tau_amplitude")
GAP = ("gap_phonon",)
# A point of a decay is a dot below its line.
DOT_RATIO = 0.5


def decays(asked: Asked) -> Prepared:
    """Prepare the decays of a series with their fits, each divided by its maximum."""
    fits = fits_on_rungs(asked, LIFETIMES)

    def draw() -> "PanelFigure":
        from measurements.curves.colors import ordered
        from measurements.curves.panels import Panel, PanelFigure

        pairs = [(fit, plot) for fit in fits if (plot := plot_of(fit)) is not None]
        styles = ordered([rung_of(fit) for fit, _ in pairs]) if len(pairs) > 1 else []
        colors = [one.on_white for one in styles] or ["#000000"] * len(pairs)
        step, is_log = asked.number("offset_fraction") or 0.0, bool(asked.options.get("is_log", True))
        layers: list[Layer] = []
        for index, ((fit, plot), color) in enumerate(zip(pairs, colors, strict=True)):
            layers += decay_layers(fit, plot, color, 10.0 ** (index * step) if is_log else 1.0)
        panel = Panel(
            "Delay (ns)",
            "Normalised PL",
            tuple(layers),
            is_log=is_log,
            x_limits=asked.x_limits,
            hides_y_ticks=step > 0,
            has_key=len(pairs) < 3,
        )
        ladder = tuple(sorted({rung_of(fit): color for (fit, _), color in zip(pairs, colors, strict=True)}.items()))
        return PanelFigure((panel,), ladder=ladder if len(ladder) > 2 else (), ladder_label=rung_unit(fits))

    missing = () if fits else ("No decay of the series has a fit that counts.",)
    return Prepared(tuple(source_of(fit, rung_name(fit)) for fit in fits), draw, missing)


def decay_layers(fit: Fit, plot: "Plot", color: str, factor: float) -> "list[Layer]":
    """Return the points of a decay and the line of its fit from the pulse on, divided by the maximum of the points."""
    import numpy as np

    from measurements.curves.panels import Layer, Mark

    scale = factor / (float(np.nanmax(plot.observed)) or 1.0)
    start_ns = next((x for x, _, label in plot.marks if label.startswith("t")), 0.0)
    delays_ns = plot.x - start_ns
    made = [Layer(delays_ns, plot.observed * scale, rung_name(fit), color, mark=Mark.POINTS, width_ratio=DOT_RATIO)]
    if plot.model is not None:
        made.append(Layer(over_of(plot) - start_ns, plot.model * scale, "", color))
    return made


def over_of(plot: "Plot") -> "Numbers":
    """Return what a plot's model is drawn over."""
    return plot.x if plot.model_x is None else plot.model_x


def gap_laws(asked: Asked) -> Prepared:
    """Prepare the peak energies of every size against temperature with their law."""
    fits = fits_of_samples(asked, GAP, Along.TEMPERATURE)
    sizes = sizes_by_code({sample_code(fit) for fit in fits}, asked.lab, asked.user)

    def draw() -> "PanelFigure":
        from measurements.curves.colors import SIZES, category, size_class
        from measurements.curves.panels import Layer, Mark, Panel, PanelFigure

        layers: list[Layer] = []
        label = ("Temperature (K)", "Peak energy (eV)")
        for index, fit in enumerate(fits):
            plot = plot_of(fit)
            if plot is None:
                continue
            size = size_class(sizes.get(sample_code(fit)))
            color = SIZES[size][0] if size is not None else category(index).on_white
            layers.append(Layer(plot.x, plot.observed, called(fit, sizes), color, mark=Mark.POINTS, stderr=plot.stderr))
            if plot.model is not None:
                layers.append(Layer(over_of(plot), plot.model, "", color))
        return PanelFigure((Panel(*label, tuple(layers), x_limits=asked.x_limits),))

    missing = () if fits else ("No temperature series has a fit of the gap that counts.",)
    sources = tuple(source_of(fit, f"{called(fit, sizes)} · {fit.series}") for fit in fits)
    return Prepared(sources, draw, missing)


def called(fit: Fit, sizes: Mapping[str, float]) -> str:
    """Return the size of a fit's sample where it is known, else its code."""
    code = sample_code(fit)
    return size_name(sizes[code]) if code in sizes else code


def peaks(asked: Asked) -> Prepared:
    """Prepare peak energy and linewidth along a ladder."""
    return values_along(asked, (("peak_energy",), ("fwhm",)))


def lifetimes(asked: Asked) -> Prepared:
    """Prepare both lifetimes and their mean along a ladder."""
    return values_along(asked, (("tau1", "tau2"), ("tau_amplitude",)))


def values_along(asked: Asked, panels: Sequence[tuple[str, ...]]) -> Prepared:
    """Prepare values against the rungs of a series, one panel per group of quantities."""
    names = tuple(name for group in panels for name in group)
    fits = fits_on_rungs(asked, names)

    def draw() -> "PanelFigure":
        from measurements.curves.panels import PanelFigure

        drawn = tuple(value_panel(asked, fits, group) for group in panels)
        return PanelFigure(drawn, shares_x=True, aspect_ratio=0.55)

    missing = () if fits else ("No measurement of the series has a fit that counts.",)
    return Prepared(tuple(source_of(fit, rung_name(fit)) for fit in fits), draw, missing)


def value_panel(asked: Asked, fits: Sequence[Fit], quantities: Sequence[str]) -> "Panel":
    """Return one panel of values: what was released is drawn open by its dash, never joined to the way up."""
    import numpy as np

    from measurements.curves.colors import category
    from measurements.curves.panels import Layer, Mark, Panel

    layers = []
    for index, name in enumerate(quantities):
        for branch_index, is_back in enumerate((False, True)):
            points = [
                (rung_of(fit), one.value, one.stderr)
                for fit in fits
                if came_back(fit) == is_back
                for one in fit.results.all()
                if one.name == name and one.value is not None
            ]
            if points:
                x, y, stderr = np.array(points, dtype=float).T
                label = f"{QUANTITIES[name].symbol}{' after release' if is_back else ''}"
                color = category(index + 2 * branch_index).on_white
                layers.append(Layer(x, y, label, color, mark=Mark.POINTS, stderr=stderr))
    one = QUANTITIES[quantities[0]]
    name = "Lifetime" if one.name.startswith("tau") else one.label
    return Panel(ladder_label(asked), f"{name} ({unit_text(one.unit)})", tuple(layers), x_limits=asked.x_limits)


def ladder_label(asked: Asked) -> str:
    """Return the name and unit of what a series runs along."""
    along = asked.figure.series.along if asked.figure.series else ""
    return {"pressure": "Pressure (GPa)", "temperature": "Temperature (K)", "age": "Age (d)"}.get(along, "")


def rung_of(fit: Fit) -> float:
    """Return where a fit stands on its ladder."""
    return float(fit.measurement.rung.nominal) if fit.measurement and fit.measurement.rung else 0.0


def rung_name(fit: Fit) -> str:
    """Return the rung of a fit in words."""
    return str(fit.measurement.rung) if fit.measurement and fit.measurement.rung else str(fit)


def rung_unit(fits: Sequence[Fit]) -> str:
    """Return the unit of a ladder."""
    return next((fit.measurement.rung.unit for fit in fits if fit.measurement and fit.measurement.rung), "")


def came_back(fit: Fit) -> bool:
    """Say whether a fit is of the way back: released, or warmed again."""
    rung = fit.measurement.rung if fit.measurement else None
    return rung is not None and rung.branch in {Branch.RELEASE, Branch.WARMING}


def sample_code(fit: Fit) -> str:
    """Return the code of the sample whose series was fitted."""
    return fit.series.sample.code if fit.series else ""
