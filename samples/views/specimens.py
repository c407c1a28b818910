"""The page that makes specimens, several of one kind at once."""

import re
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, lab_view
from labbook.journal import journal_of
from labbook.quantities import Moment
from samples.forms.making import SUBSTRATES, SpecimenForm
from samples.kinds import Precision, Unit
from samples.models import Sample
from samples.queries.specimens import specimen_recipe
from samples.services.names import request_labels
from samples.services.specimens import Ingredient, SpecimenPlan, make_specimen
from samples.views.actions import recount_of


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def specimen_new(request: LabRequest) -> HttpResponse:
    prefix = request.GET.get("kind", "FL") if request.GET.get("kind", "FL") in SUBSTRATES else "FL"
    initial = {"source": request.GET.get("from", ""), "series": prefix, "substrate": SUBSTRATES[prefix]}
    form = SpecimenForm(request.POST or None, user=request.user, lab=request.lab, initial=initial)
    if request.method != "POST":
        return _specimen_page(request, form)

    def write() -> HttpResponse:
        if not form.is_valid():
            return _specimen_page(request, form, status=422)
        try:
            made = _make_specimens(request, form.cleaned_data)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return _specimen_page(request, form, status=422, offer=refusal.offer)
        codes = ", ".join(specimen.code for specimen in made)
        messages.success(request, f"Made {codes}. {len(made)} label{'s' if len(made) > 1 else ''} waiting.")
        return redirect("sample_detail", made[0].code)

    return answer_once(request, write)


def _make_specimens(request: LabRequest, data: dict[str, Any]) -> list[Sample]:
    with journal_of(request.lab, by=request.user) as journal:
        source: Sample = data["source"]
        moment: Moment = data["at"] or Moment(journal.at, "minute")
        recount = recount_of(request, source)
        made = []
        for number in range(data["count"]):
            plan = _specimen_plan(data, recount if number == 0 else None)
            made.append(
                make_specimen(
                    journal, source=source, plan=plan, at=moment.at, precision=Precision(moment.precision),
                    operator=request.membership.initials, recipe=specimen_recipe(request.lab, data["series"]),
                )
            )  # fmt: skip
        request_labels(journal, samples=made)
    return made


def _specimen_plan(data: dict[str, Any], recount: Decimal | None) -> SpecimenPlan:
    amount, culet = data["amount"], data["culet"]
    is_load = data["series"] == "DAC"
    cell = data["cell"] if is_load else None
    return SpecimenPlan(
        prefix=data["series"],
        amount=amount.value if amount else None,
        as_written=amount.as_written if amount else "",
        note=data["note"],
        cell=cell,
        recount=recount,
        ingredients=_load_ingredients(data) if is_load else (),
        detail={
            **{name: data[name] for name in ("substrate", "substrate_lot", "substrate_cleaning", "detail")},
            "dilution_as_written": data["dilution"],
            "dilution_ratio": dilution_ratio(data["dilution"], data["convention"]),
            "culet_diameter_mm": culet.value if culet else cell.culet_diameter_mm if cell else None,
        },
    )


def _load_ingredients(data: dict[str, Any]) -> tuple[Ingredient, ...]:
    ruby, oil = data["ruby"], data["oil"]
    return (
        Ingredient("pressure marker" if ruby else "ruby, lot not recorded", Unit.MG, ruby),
        Ingredient("pressure medium" if oil else "pressure medium, lot not recorded", Unit.UL, oil),
    )


def dilution_ratio(text: str, convention: str) -> Decimal | None:
    """Return how many times thinner it becomes: 1:10 is 11 by parts and 10 altogether; nothing when not stated."""
    match = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*[:+]\s*(\d+(?:[.,]\d+)?)\s*", text)
    if not match or not convention:
        return None
    one, other = (Decimal(part.replace(",", ".")) for part in match.groups())
    if not one:
        return None
    return ((one + other) / one if convention == "parts" else other / one).quantize(Decimal("0.0001"))


def _specimen_page(
    request: LabRequest, form: SpecimenForm, *, status: int = 200, offer: dict[str, str] | None = None
) -> HttpResponse:
    return render(request, "samples/specimen_new.html", {"form": form, "offer": offer}, status=status)
