"""Precursors: the list of batches, a batch's page, and a new batch from a recipe."""

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from labbook.errors import Conflict, Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.journal import Journal, journal_of
from labbook.quantities import Moment
from labbook.queries.drafts import draft_data
from labbook.roles import may
from labbook.views.conflicts import conflict_page
from samples.forms.actuals import ActualsForm
from samples.forms.precursors import PrecursorForm
from samples.kinds import Precision, ProcessKind, SampleKind
from samples.models import Recipe, RecipeVersion, Sample
from samples.queries import precursors
from samples.queries.recipes import RecipeCard, latest_version, recipe_cards
from samples.queries.stock import ledger_of, remaining_curve, uses_of
from samples.recipes.reading import read_content
from samples.services.actuals import MADE, record_actuals
from samples.services.names import request_labels
from samples.services.precursors import prepare
from samples.views.actions import recount_of
from samples.views.stock import address_from, start_of


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def precursor_list(request: LabRequest) -> HttpResponse:
    start, size = start_of(request), precursors.PAGE_SIZE
    makes = request.GET.get("of", "")[:120]
    found = list(precursors.batches_of(request.lab, seen_by=request.user, makes=makes)[start : start + size + 1])
    now = timezone.now()
    cards = preparation_cards(request)
    context = {
        "cards": cards,
        "chips": [
            {"text": text, "address": f"?of={of}" if of else "?", "is_on": of == makes}
            for text, of in [("All", ""), *((card.recipe.title, card.content.makes) for card in cards)]
        ],
        "batches": [
            (batch, precursors.age_words(batch.made_at, now=now), precursors.synthesis_codes(batch))
            for batch in found[:size]
        ],
        "shown": f"{start + 1}–{start + min(len(found), size)}",
        "previous": address_from(request, max(start - size, 0)) if start else "",
        "next": address_from(request, start + size) if len(found) > size else "",
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "samples/precursor_list.html", context)


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def precursor_detail(request: LabRequest, code: str) -> HttpResponse:
    return detail_page(request, find_batch(request, code))


def find_batch(request: LabRequest, code: str) -> Sample:
    """Return a batch of this lab that the person may see, else answer 404."""
    batches = Sample.objects.filter(kind=SampleKind.PRECURSOR).select_related("origin__recipe__recipe", "place")
    return find(request, batches, code=code)


def detail_page(
    request: LabRequest,
    batch: Sample,
    *,
    form: ActualsForm | None = None,
    status: int = 200,
    offer: dict[str, str] | None = None,
) -> HttpResponse:
    """Show a batch; with a form its actual values, amounts and volume are fields."""
    entries = ledger_of(batch)
    preparation = precursors.preparation_of(batch, seen_by=request.user)
    context = {
        "sample": batch,
        "age": precursors.age_words(batch.made_at, now=timezone.now()),
        "preparation": preparation,
        "parts": parts_with_boxes(preparation, form),
        "form": form,
        "volume": form.box_of(f"{MADE}{batch.pk}") if form else None,
        "offer": offer or {},
        "agreed": request.POST.getlist("recount"),
        "entries": entries,
        "curve": remaining_curve(entries),
        "uses": uses_of(batch, seen_by=request.user),
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "samples/precursor_detail.html", context, status=status)


def parts_with_boxes(
    preparation: precursors.Preparation, form: ActualsForm | None
) -> list[tuple[precursors.StepLines, list[tuple[precursors.Line, BoundField | None]]]]:
    """Return the steps of a preparation, each line with its box while it is edited."""
    return [
        (part, [(line, form.box_of(line.name) if form else None) for line in part.lines]) for part in preparation.parts
    ]


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def precursor_values(request: LabRequest, code: str) -> HttpResponse:
    """Ask for a batch's actual values, amounts and volume; a corrected amount is corrected in its bottle's ledger."""
    batch = find_batch(request, code)
    process = batch.origin
    form = ActualsForm(request.POST or draft_data(request) or None, process=process, made=[batch])

    def write() -> HttpResponse:
        if not form.is_valid():
            return detail_page(request, batch, form=form, status=422)
        try:
            with journal_of(request.lab, by=request.user) as journal:
                record_actuals(
                    journal, process=process, wanted=form.wanted(), token=request.POST.get("version", ""),
                    recount_of=lambda sample: recount_of(request, sample),
                )  # fmt: skip
        except Conflict as conflict:
            return conflict_page(request, conflict, process, names=form.names(), form=form)
        except Refusal as refusal:
            form.add_error(form.names().get(refusal.field or ""), refusal.message)
            return detail_page(request, batch, form=form, status=422, offer=refusal.offer)
        messages.success(request, f"{batch.code} is saved.")
        return redirect("precursor_detail", batch.code)

    return answer_once(request, write) if request.method == "POST" else detail_page(request, batch, form=form)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def precursor_new(request: LabRequest) -> HttpResponse:
    slug = request.GET.get("recipe", "")
    if not slug:
        return render(request, "samples/precursor_choose.html", {"cards": preparation_cards(request)})
    recipe = find(request, Recipe.objects, slug=slug)
    if recipe.kind != ProcessKind.PREPARATION:
        raise Http404("This recipe prepares no precursor.")
    version = latest_version(recipe)
    form = PrecursorForm(
        request.POST or draft_data(request) or None,
        content=read_content(version.content), lab=request.lab, user=request.user,
    )  # fmt: skip
    if request.method != "POST":
        return _page(request, form, version)
    return answer_once(request, lambda: _prepared(request, form, version))


def _prepared(request: LabRequest, form: PrecursorForm, version: RecipeVersion) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, version, status=422)
    try:
        with journal_of(request.lab, by=request.user) as journal:
            batch = prepare_from(journal, form, version, request.membership.initials)
    except Refusal as refusal:
        refusal.field = box_of(refusal.field or "")
        attach_refusal(form, refusal)
        return _page(request, form, version, status=422, offer=refusal.offer)
    messages.success(request, f"{batch.code} is saved; its label waits.")
    return redirect("precursor_detail", batch.code)


def prepare_from(journal: Journal, form: PrecursorForm, version: RecipeVersion, initials: str) -> Sample:
    """Write the batch of a valid form and put its label into the queue."""
    moment: Moment = form.cleaned_data["at"] or Moment(journal.at, "minute")
    volume = form.volume
    batch = prepare(
        journal, recipe_version=version, code=form.cleaned_data["code"].strip() or None, title=form.content.title,
        at=moment.at, precision=Precision(moment.precision), operator=initials, lines=form.lines, values=form.values,
        steps=form.looks, volume_ul=volume.value if volume else None, as_written=volume.as_written if volume else "",
        note=form.cleaned_data["note"],
    )  # fmt: skip
    request_labels(journal, samples=[batch])
    return batch


def box_of(field: str) -> str:
    """Return the form's name of what a refusal is about: "oa.amount", "oa.sample", or "oa.at" for the one moment."""
    key, dot, part = field.rpartition(".")
    if not dot or part == "at":
        return part
    return f"{key}__{'bottle' if part == 'sample' else part}"


def preparation_cards(request: LabRequest) -> list[RecipeCard]:
    """Return the recipes that prepare a precursor."""
    cards = recipe_cards(request.lab, seen_by=request.user)
    return [card for card in cards if card.content.kind == ProcessKind.PREPARATION]


def _page(
    request: LabRequest,
    form: PrecursorForm,
    version: RecipeVersion,
    *,
    status: int = 200,
    offer: dict[str, str] | None = None,
) -> HttpResponse:
    context = {"form": form, "content": form.content, "version": version, "offer": offer}
    context["agreed"] = request.POST.getlist("recount")
    return render(request, "samples/precursor_new.html", context, status=status)
