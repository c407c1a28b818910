"""Planning a synthesis: the templates, and the short form behind each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, lab_view
from labbook.journal import journal_of
from labbook.queries.drafts import draft_data
from labbook.services.codes import normalized
from samples.forms.syntheses import SynthesisForm
from samples.models import RecipeVersion, Sample, Synthesis, SynthesisStatus
from samples.queries import syntheses as queries
from samples.services.syntheses import injection_of, plan_synthesis, start_synthesis

TEMPERATURE_KEY = "injection_temperature_c"


@lab_view("record")
@require_http_methods(["GET", "HEAD"])
def synthesis_new(request: LabRequest) -> HttpResponse:
    recipes = queries.injection_recipes(request.lab)
    return render(request, "samples/synthesis_new.html", {"recipes": recipes})


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def synthesis_plan(request: LabRequest, slug: str) -> HttpResponse:
    recipe = recipe_asked(request, slug)
    last = queries.last_planned(request.lab, request.user, request.membership.initials, recipe)
    form = SynthesisForm(
        scanned(request) if request.method == "POST" else draft_data(request),
        initial=first_values(request, recipe, last),
        lab=request.lab,
        user=request.user,
    )

    def page(status: int = 200) -> HttpResponse:
        return render(
            request, "samples/synthesis_plan.html", {"form": form, "recipe": recipe, "last": last}, status=status
        )

    def write() -> HttpResponse:
        if request.POST.get("do") == "scan":
            add_unknown_code(request, form)
            return page()
        if not form.is_valid():
            return page(422)
        try:
            synthesis = plan(request, recipe, form)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return page(422)
        if synthesis.status == SynthesisStatus.RUNNING:
            return redirect("run_mode", synthesis.code)
        messages.success(request, f"{synthesis.code} is planned.")
        return redirect("synthesis_detail", synthesis.code)

    return answer_once(request, write) if request.method == "POST" else page()


def recipe_asked(request: LabRequest, slug: str) -> RecipeVersion:
    """Return the newest version of a hot-injection recipe of this lab, else answer 404."""
    for version in queries.injection_recipes(request.lab):
        if version.recipe.slug == slug:
            return version
    raise Http404("There is no such recipe here.")


def first_values(request: LabRequest, recipe: RecipeVersion, last: Synthesis | None) -> dict[str, Any]:
    """Return the plan a form starts with: as this person planned last, else as the recipe has it."""
    content = recipe.content
    planned = {value["key"]: value.get("planned", "") for step in content["steps"] for value in step.get("values", ())}
    amounts = {one["key"]: one.get("amount", "") for step in content["steps"] for one in step.get("inputs", ())}
    before = injection_of(last).values.filter(key=TEMPERATURE_KEY).first() if last else None
    written = before.planned_as_written if before else ""
    return {
        "temperature": (written or planned.get(TEMPERATURE_KEY, "")).removesuffix("°C").strip(),
        "cs_oleate": amounts.get("cs_batch", "").removesuffix("ml").strip(),
        "operator": request.membership.initials,
    }


def scanned(request: LabRequest) -> Any:
    """Return what was sent, with a scanned or typed code put where its batch belongs."""
    data = request.POST.copy()
    batch = batch_of_code(request)
    if batch is not None:
        key = "pb_batch" if batch.code.startswith("PB") or "PbI2" in (batch.origin.purpose, batch.title) else "cs_batch"
        data[key] = str(batch.pk)
        data["scan"] = ""
    return data


def batch_of_code(request: LabRequest) -> Sample | None:
    """Return the batch whose code, or label's address, was scanned."""
    text = request.POST.get("scan", "").strip()[:200].rstrip("/").rpartition("/")[2]
    if not text:
        return None
    batches = Sample.objects.visible_to(request.user).filter(lab=request.lab, kind="precursor").select_related("origin")
    return next((one for one in batches.filter(code__iexact=text)[:1]), None) or next(
        (one for one in batches.filter(tag=normalized(text))[:1]), None
    )


def add_unknown_code(request: LabRequest, form: SynthesisForm) -> None:
    """Say that a scanned code is no batch of this lab."""
    text = request.POST.get("scan", "").strip()[:40]
    if text and batch_of_code(request) is None:
        form.add_error(None, f"“{text}” is no precursor batch of this lab.")


def plan(request: LabRequest, recipe: RecipeVersion, form: SynthesisForm) -> Synthesis:
    """Write the plan of a valid form, and start it when that was asked for."""
    data = form.cleaned_data
    with journal_of(request.lab, by=request.user) as journal:
        synthesis = plan_synthesis(
            journal, recipe=recipe, operator=data["operator"].strip(), planned_temperature=data["temperature"],
            cs_batch=data["cs_batch"], pb_batch=data["pb_batch"], cs_oleate=data["cs_oleate"],
            planned_for=data["planned_for"], project=data.get("project"), title=data["title"].strip(),
        )  # fmt: skip
        if request.POST.get("do") == "start":
            synthesis = start_synthesis(journal, synthesis=synthesis)
    return synthesis
