"""Figure S8: the PL of each solution and of the film made from it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q

from analysis.queries.figures import Asked, Prepared
from analysis.queries.figures_spectra import ARBITRARY, source_of
from analysis.queries.kin import near_of, size_name, sizes_by_code
from labbook.models import User
from measurements.models import Measurement, RecordingRole
from measurements.queries.traces import traces_of
from measurements.techniques import Technique
from samples.kinds import SampleKind
from samples.models import Sample

if TYPE_CHECKING:
    from measurements.curves.panels import Panel, PanelFigure
    from measurements.curves.trace import Trace

FILMS = frozenset({SampleKind.FILM, SampleKind.XRD_FILM})
SOLUTIONS = frozenset({SampleKind.FRACTION, SampleKind.VIAL, SampleKind.CUVETTE})
MOST_COLUMNS = 2
ROOM_K = (288, 303)
Pair = tuple[int | None, int | None]


def solutions_and_films(asked: Asked) -> Prepared:
    """Prepare one panel per chosen sample: its PL in solution, and that of a film made from it."""
    pairs = pairs_of(asked.samples, asked.user)
    sizes = sizes_by_code(pairs, asked.lab, asked.user)
    ids = tuple(pk for pair in pairs.values() for pk in pair if pk)
    recipe = replace(asked.recipe, axis="nm", normalise="max", measurements=ids)
    traces = {one.measurement_id: one for one in traces_of(recipe, asked.lab, seen_by=asked.user)} if ids else {}

    def draw() -> "PanelFigure":
        from measurements.curves.panels import PanelFigure

        ordered = sorted(pairs, key=lambda code: (sizes.get(code, float("inf")), code))
        panels = tuple(
            panel_of_pair(asked, title_of(code, sizes), [traces.get(pk) for pk in pairs[code]])
            for code in ordered
            if any(pk in traces for pk in pairs[code])
        )
        return PanelFigure(panels, columns=min(MOST_COLUMNS, max(1, len(panels))), shares_x=True, aspect_ratio=0.6)

    sources = tuple(
        source_of(replace(traces[pk], label=f"{title_of(code, sizes)} {word}"))
        for code, pair in pairs.items()
        for pk, word in zip(pair, ("solution", "film"), strict=True)
        if pk in traces
    )
    return Prepared(sources, draw, missing_in(pairs))


def missing_in(pairs: dict[str, Pair]) -> tuple[str, ...]:
    """Return which sample lacks what."""
    if not pairs:
        return ("Choose the samples whose solutions and films are to be compared.",)
    words = ("in solution", "as a film")
    return tuple(
        f"{code} has no PL {word}."
        for code, pair in pairs.items()
        for pk, word in zip(pair, words, strict=True)
        if not pk
    )


def pairs_of(samples: Sequence[Sample], user: User) -> dict[str, Pair]:
    """Return, by code, the newest PL of each sample or its nearest relative in solution and as a film."""
    near = near_of(samples)
    everyone = {pk for several in near.values() for pk in several}
    # A film at room temperature may be the warmest rung of its ladder.
    at_room = Q(rung__isnull=True) | Q(rung__unit="K", rung__nominal__range=ROOM_K)
    found = Measurement.objects.visible_to(user).filter(
        at_room, sample__in=everyone, technique=Technique.PL, is_void=False,
        parts__role=RecordingRole.MAIN, parts__recording__isnull=False,
    )  # fmt: skip
    newest: dict[int, tuple[int, str]] = {}
    for sample_id, pk, kind in found.order_by("pk").values_list("sample_id", "pk", "sample__kind"):
        if sample_id is not None:
            newest[sample_id] = (pk, kind)
    return {one.code: pair_in([newest[pk] for pk in near[one.pk] if pk in newest]) for one in samples}


def pair_in(found: Sequence[tuple[int, str]]) -> Pair:
    """Return the first measurement in solution and the first of a film, the nearest relatives first."""
    first = {kinds: next((pk for pk, kind in found if kind in kinds), None) for kinds in (SOLUTIONS, FILMS)}
    return first[SOLUTIONS], first[FILMS]


def title_of(code: str, sizes: dict[str, float]) -> str:
    """Return what a panel is called: its size where it is known."""
    return size_name(sizes[code]) if code in sizes else code


def panel_of_pair(asked: Asked, title: str, pair: "list[Trace | None]") -> "Panel":
    """Return solution in black and film in red."""
    from measurements.curves.colors import BLACK, VERMILLION
    from measurements.curves.drawing import draw
    from measurements.curves.panels import panel_of

    named = [
        (replace(trace, label=name), color)
        for trace, name, color in zip(pair, ("solution", "film"), (BLACK, VERMILLION), strict=True)
        if trace is not None
    ]
    recipe = replace(asked.recipe, axis="nm", normalise="max")
    panel = panel_of(draw(recipe, [one for one, _ in named]), title=title, y_label=ARBITRARY, hides_y_ticks=True)
    colors = {one.label: color for one, color in named}
    return replace(panel, layers=tuple(replace(one, color=colors[one.label], dash=()) for one in panel.layers))
