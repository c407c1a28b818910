"""Figure S1: the XRD patterns of the sizes, and the largest beside the pattern calculated for the γ phase."""

from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.queries.figures import Asked, Prepared
from analysis.queries.figures_spectra import ARBITRARY, source_of
from analysis.queries.kin import near_of, size_name, sizes_by_code
from measurements.models import Measurement, RecordingRole
from measurements.queries.traces import traces_of
from measurements.techniques import Technique

if TYPE_CHECKING:
    from analysis.methods.contract import Plot
    from measurements.curves.loading import Numbers
    from measurements.curves.panels import Panel, PanelFigure
    from measurements.curves.recipe import Recipe
    from measurements.curves.trace import Trace

OFFSET = 1.1
# The calculated pattern is that of crystallites as large as the largest of the source.
DRAWN_SIZE_NM = 17.0
# Reflections above this part of the strongest are indexed.
INDEXED_PERCENT = 20.0
# Two indices closer than this would cover each other.
CLEAR_DEG = 1.2


def patterns(asked: Asked) -> Prepared:
    """Prepare the newest XRD pattern of each chosen sample or its nearest relative, the smallest size first."""
    ids = newest_patterns(asked)
    recipe = replace(asked.recipe, normalise="max", measurements=tuple(ids))
    traces = traces_of(recipe, asked.lab, seen_by=asked.user) if ids else []
    sizes = sizes_by_code((one.sample_code for one in traces), asked.lab, asked.user)
    sized = [replace(one, edge_length_nm=sizes.get(one.sample_code)) for one in traces]
    ordered = sorted(sized, key=lambda one: one.edge_length_nm or float("inf"))
    named = [replace(one, label=name_of(one)) for one in ordered]

    def draw() -> "PanelFigure":
        from measurements.curves.drawing import draw as drawn
        from measurements.curves.panels import PanelFigure, panel_of

        drawing = drawn(replace(recipe, offset_fraction=OFFSET), named)
        first = replace(panel_of(drawing, y_label=ARBITRARY, hides_y_ticks=True), names_ends=True)
        second = beside_gamma(named[-1], recipe) if named else None
        return PanelFigure(tuple(one for one in (first, second) if one is not None), aspect_ratio=0.7)

    return Prepared(tuple(source_of(one) for one in named), draw, missing_in(named))


def newest_patterns(asked: Asked) -> list[int]:
    """Return the newest pattern of each chosen sample; what lies on a rung of a ladder is another state."""
    near = near_of(asked.samples)
    found = Measurement.objects.visible_to(asked.user).filter(
        lab=asked.lab, technique=Technique.XRD, is_void=False, rung__isnull=True,
        sample__in={pk for several in near.values() for pk in several},
        parts__role=RecordingRole.MAIN, parts__recording__isnull=False,
    )  # fmt: skip
    newest = {sample: pk for pk, sample in found.order_by("pk").values_list("pk", "sample_id")}
    picked = (next((newest[pk] for pk in several if pk in newest), None) for several in near.values())
    return list(dict.fromkeys(pk for pk in picked if pk is not None))


def missing_in(traces: "list[Trace]") -> tuple[str, ...]:
    """Return what is not there."""
    if not traces:
        return ("None of the samples has an XRD pattern.",)
    if traces[-1].x_ray_angstrom is None:
        return (
            f"{traces[-1].sample_code}: state the wavelength of the X-rays, so that the γ phase can be calculated.",
        )
    return ()


def name_of(trace: "Trace") -> str:
    """Return the size of a sample where it is known, else its code."""
    return size_name(trace.edge_length_nm) if trace.edge_length_nm is not None else trace.sample_code


def beside_gamma(trace: "Trace", recipe: "Recipe") -> "Panel | None":
    """Return a pattern above the calculated one, whose strong reflections are indexed; nothing without a wavelength."""
    from measurements.curves.colors import BLACK, VERMILLION
    from measurements.curves.drawing import draw
    from measurements.curves.panels import Layer, panel_of

    drawing = draw(recipe, [trace])
    if trace.x_ray_angstrom is None or not drawing.lines:
        return None
    panel = panel_of(drawing, y_label=ARBITRARY, hides_y_ticks=True)
    measured = replace(panel.layers[0], y=panel.layers[0].y + OFFSET, color=BLACK, dash=())
    angles_deg = drawing.lines[0].line.x
    simulated = gamma_over(angles_deg, trace.x_ray_angstrom)
    if simulated is None:
        return replace(panel, layers=(measured,), names_ends=True)
    calculated = Layer(simulated.x, simulated.observed, "γ, calculated", VERMILLION)
    return replace(panel, layers=(measured, calculated), marks=gamma_marks(simulated), names_ends=True)


def gamma_over(angles_deg: "Numbers", wavelength_angstrom: float) -> "Plot | None":
    """Return the pattern of the γ phase at 325 K as crystallites of the largest size scatter it, computed aside."""
    from analysis.fitting_process import outcome_aside
    from analysis.methods.contract import SettingValue, Work

    settings: dict[str, SettingValue] = {
        "structure": "γ 325 K", "wavelength_angstrom": wavelength_angstrom, "size_nm": DRAWN_SIZE_NM,
        "from_deg": float(angles_deg[0]), "to_deg": float(angles_deg[-1]),
    }  # fmt: skip
    plots = outcome_aside("pattern_simulation", Work(settings=settings)).plots
    return plots[0] if plots else None


def gamma_marks(simulated: "Plot") -> tuple[tuple[float, float | None, str], ...]:
    """Return the indices of the strong reflections above the pattern at their angles, of close ones the strongest."""
    import numpy as np

    taken: list[tuple[float, float | None, str]] = []
    for angle_deg, share, indices in sorted(simulated.marks, key=lambda mark: -(mark[1] or 0.0)):
        if 100 * (share or 0.0) < INDEXED_PERCENT:
            break
        if all(abs(angle_deg - other) > CLEAR_DEG for other, _, _ in taken):
            height = float(np.interp(angle_deg, simulated.x, simulated.observed))
            taken.append((angle_deg, height, indices.replace(" ", "")))
    return tuple(sorted(taken))
