"""Saved figures: the list, one of them, what it looks like, and its files."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from analysis.forms.publishing import FigureForm, FigureMakeForm
from analysis.models import SavedFigure
from analysis.publishing.figure_kinds import FIGURES, Of
from analysis.queries.figures import Prepared, figures_seen, kind_of, options_of, prepared
from analysis.queries.making import series_seen_of
from analysis.queries.tables import changes_between, hash_of
from analysis.services.publishing import confirm_data, save_figure
from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, find, lab_view, refused
from labbook.journal import journal_of
from labbook.queries.drafts import draft_data
from labbook.roles import may
from labbook.search.find import projects_of
from labbook.services.editing import edit_record
from measurements.curves.presets import DPI, PRESETS, Preset
from measurements.views.figures import dpi_of, printed
from samples.views.keeping import answer_form
from samples.views.samples import cursor_of, page_address

PAGE_SIZE = 24


@require_http_methods(["GET", "HEAD", "POST"])
@lab_view("read")
def figure_list(request: LabRequest) -> HttpResponseBase:
    """Show the saved figures, newest first, and make one."""
    if request.method == "POST":
        return figure_make(request)
    initial = {"kind": request.GET.get("kind", "s7")}
    return list_page(request, FigureMakeForm(draft_data(request) or None, request=request, initial=initial), 200)


@lab_view("record")
def figure_make(request: LabRequest) -> HttpResponse:
    form = FigureMakeForm(request.POST, request=request)

    def save() -> HttpResponse:
        said = form.cleaned_data
        kind = FIGURES[said["kind"]]
        with journal_of(request.lab, by=request.user) as journal:
            made = save_figure(
                journal, kind=kind.key, title=said["title"] or kind.usual_title, caption=kind.caption,
                series=said["series"], samples=said["samples"],
            )  # fmt: skip
        return redirect("figure_detail", made.slug)

    return answer_form(request, form, lambda status: list_page(request, form, status), save)


def list_page(request: LabRequest, form: FigureMakeForm, status: int) -> HttpResponse:
    """Return the list with the form below it."""
    figures, before = figures_seen(request.lab, request.user), cursor_of(request.GET)
    found = list((figures.filter(pk__lt=before) if before else figures)[: PAGE_SIZE + 1])
    rest = found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None
    context = {
        "figures": [(one, FIGURES[one.kind]) for one in found[:PAGE_SIZE] if one.kind in FIGURES],
        "form": form,
        "kinds": [one for one in FIGURES.values() if one.of != Of.CURVES],
        "next_address": page_address(request.GET, rest) if rest else "",
        "hidden": projects_of(request.lab, request.user).hidden,
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "analysis/figure_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@lab_view("read")
def figure_detail(request: LabRequest, slug: str) -> HttpResponseBase:
    """Show a figure at the size of its print, what it is drawn from, and the form of what it looks like."""
    if request.method == "POST":
        return figure_change(request, slug)
    figure = found_figure(request, slug)
    return detail_page(request, figure, figure_form(request, figure), 200)


@lab_view("record")
def figure_change(request: LabRequest, slug: str) -> HttpResponse:
    figure = found_figure(request, slug)
    form = figure_form(request, figure)

    def save() -> HttpResponse:
        token = request.POST.get("version", "")
        edit_record(record=figure, changes=form.changes(), token=token, by=request.user)
        messages.success(request, "The figure is saved.")
        return redirect("figure_detail", figure.slug)

    return answer_form(request, form, lambda status: detail_page(request, figure, form, status), save, record=figure)


def figure_form(request: LabRequest, figure: SavedFigure) -> FigureForm:
    """Return the form of what a figure looks like."""
    data = request.POST if request.method == "POST" else draft_data(request)
    return FigureForm(data or None, figure=figure, kind=kind_of(figure), shown=options_of(figure))


def detail_page(request: LabRequest, figure: SavedFigure, form: FigureForm, status: int) -> HttpResponse:
    """Return a figure's page."""
    rests_on = prepared(figure, request.user)
    context: dict[str, Any] = {
        "figure": figure,
        "kind": kind_of(figure),
        "prepared": rests_on,
        "changes": changes_between(figure.sources, rests_on.told),
        # A browser keeps a picture; another hash is another picture.
        "drawn": hash_of({**rests_on.told, "recipe": repr(figure.recipe)})[:12],
        "preset": preset_of(figure),
        "form": form,
        "resolutions": DPI,
        "series": series_seen_of(figure, request.user),
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "analysis/figure_detail.html", context, status=status)


def found_figure(request: LabRequest, slug: str) -> SavedFigure:
    """Return a figure of this lab that the person may see, else answer 404."""
    figures = SavedFigure.objects.select_related("lab", "project", "series__sample")
    return find(request, figures, slug=slug, kind__in=FIGURES)


def preset_of(figure: SavedFigure) -> Preset:
    """Return the preset a figure is drawn by."""
    chosen = figure.recipe.get("preset", "")
    return PRESETS.get(chosen, PRESETS[kind_of(figure).preset])


@require_POST
@lab_view("record")
def figure_confirm(request: LabRequest, slug: str) -> HttpResponse:
    """Say that today's data were looked at."""
    figure = found_figure(request, slug)

    def save() -> HttpResponse:
        try:
            with journal_of(request.lab, by=request.user) as journal:
                told = prepared(figure, request.user).told
                confirm_data(journal, figure, sources=told, token=request.POST.get("version", ""))
        except Refusal as refusal:
            return refused(request, refusal)
        messages.success(request, "The figure rests on today's data.")
        return redirect("figure_detail", figure.slug)

    return answer_once(request, save)


@require_safe
@lab_view("read")
def figure_export(request: LabRequest, slug: str, format: str) -> HttpResponseBase:
    """Answer a figure as SVG, PDF or PNG by its preset, drawn apart from the web process and kept."""
    from measurements.curves.printing import figure_key

    figure = found_figure(request, slug)
    rests_on, preset, dpi = prepared(figure, request.user), preset_of(figure), dpi_of(request)
    facts = (figure.kind, repr(sorted(options_of(figure).items())), preset.key, str(dpi), hash_of(rests_on.told))
    try:
        return printed(figure_key(facts, format), format, lambda: wanted(rests_on, format, preset, dpi), figure.slug)
    except FileNotFoundError:
        return refused(request, Refusal("Some of its numbers are not in the store."), status=410)


def wanted(rests_on: Prepared, format: str, preset: Preset, dpi: int) -> Any:
    """Return the request to the process that draws."""
    from measurements.curves.printing import FigureRequest

    return FigureRequest(rests_on.draw(), format, preset.key, dpi)
