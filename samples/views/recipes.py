"""Recipes: the list, one recipe with its versions, and its next version."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.http import LabRequest, find, lab_view
from labbook.queries.drafts import draft_data
from labbook.roles import may
from samples.forms.recipes import RecipeForm
from samples.models import Recipe
from samples.queries.recipes import latest_version, recipe_cards, versions_of
from samples.recipes.contents import PlannedStep, PlannedValue
from samples.recipes.reading import read_content
from samples.services.injections import MOMENTS
from samples.services.recipes import change_recipe
from samples.value_keys import VALUE_KEYS
from samples.views.keeping import answer_form


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def recipe_list(request: LabRequest) -> HttpResponse:
    cards = recipe_cards(request.lab, seen_by=request.user)
    return render(request, "samples/recipe_list.html", {"cards": cards})


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def recipe_detail(request: LabRequest, slug: str) -> HttpResponse:
    recipe = find(request, Recipe.objects, slug=slug)
    versions = list(versions_of(recipe, seen_by=request.user))
    wanted = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == wanted), None) if wanted else versions[0]
    if shown is None:
        raise Http404("This recipe has no such version.")
    content = read_content(shown.content)
    context = {
        "recipe": recipe,
        "versions": versions,
        "shown": shown,
        "content": content,
        "steps": [(step, plans_of(step), content.notes_of(step.key), stamps_of(step)) for step in content.steps],
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "samples/recipe_detail.html", context)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def recipe_edit(request: LabRequest, slug: str) -> HttpResponse:
    recipe = find(request, Recipe.objects, slug=slug)
    content = read_content(latest_version(recipe).content)
    form = RecipeForm(request.POST or draft_data(request) or None, content=content)

    def page(status: int) -> HttpResponse:
        context = {"form": form, "record": recipe, "content": content}
        return render(request, "samples/recipe_edit.html", context, status=status)

    def save() -> HttpResponse:
        data = form.cleaned_data
        token = request.POST.get("version", "")
        version = change_recipe(
            recipe=recipe, content=data["content"], token=token, by=request.user, reason=data["reason"]
        )
        messages.success(request, f"{recipe.title} version {version.number} is saved; records keep theirs.")
        return redirect("recipe_detail", recipe.slug)

    return answer_form(request, form, page, save, record=recipe)


def in_words(value: PlannedValue) -> str:
    """Return a planned value, with the source's own words in quotation marks beside it."""
    return f"{value.planned} (“{value.stated}”)" if value.planned and value.stated else value.planned or value.stated


def stamps_of(step: PlannedStep) -> str:
    """Return the moments that a step stamps, in the words of run mode."""
    words = ", ".join(MOMENTS[one] for one in step.stamps)
    seen = ", ".join(MOMENTS[one] for one in step.optional_stamps)
    return "; ".join(part for part in (f"Stamps: {words}" if words else "", f"if seen: {seen}" if seen else "") if part)


def plans_of(step: PlannedStep) -> list[dict[str, str]]:
    """Return a step's values as they are planned, else as the source words them."""
    return [{"label": VALUE_KEYS[one.key].label, "said": in_words(one)} for one in step.values]
