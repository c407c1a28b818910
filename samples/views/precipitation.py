"""The precipitation table and what belongs to it: one save, its undo, and a clean-up spin afterwards."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.journal import journal_of
from labbook.quantities import show_number
from labbook.queries.drafts import draft_data
from labbook.services.versions import check_unchanged
from samples.arithmetic.centrifuge import relative_force
from samples.arithmetic.missing import MissingNumber
from samples.forms.precipitation import ROWS, CleanUpForm, RoundForm, RoundFormSet, SharedForm
from samples.kinds import SampleKind
from samples.models import Place, PlaceKind, Sample, Synthesis
from samples.queries import precipitation as queries
from samples.services.precipitation import (
    Receipt,
    SpinRow,
    ValueLine,
    next_round_number,
    next_source,
    planned_meoac_ul,
    record_clean_up_spin,
    record_fractions,
)
from samples.services.undoing_fractions import undo_fractions
from samples.views.fraction_rows import Table, table_rows

RowForms = Any


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def precipitation(request: LabRequest, code: str) -> HttpResponse:
    synthesis = find(request, Synthesis.objects, code=code)
    try:
        source, number = next_source(synthesis), next_round_number(synthesis)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("synthesis_detail", synthesis.code)
    data = request.POST or draft_data(request) or None
    numbers = queries.recipe_numbers(queries.precipitation_recipe(request.lab))
    places = list(queries.places_of(request.lab, request.user))
    rows = row_forms(request, data, numbers, places)
    shared = SharedForm(data, lab=request.lab, user=request.user, initial={"operator": request.membership.initials})
    table = Table(request, synthesis, source, number, numbers, places, rows, shared)

    def page(status: int = 200, offer: str = "") -> HttpResponse:
        return render(request, "samples/precipitation.html", page_context(table, offer), status=status)

    def write() -> HttpResponse:
        if request.POST.get("do") == "more":
            return page()
        if not (rows.is_valid() and shared.is_valid()):
            return page(422)
        try:
            check_unchanged(synthesis, request.POST.get("version", ""))
            receipt = save(table)
        except Refusal as refusal:
            return page(422, place_refusal(table, refusal))
        ids = ",".join(str(pk) for pk in receipt.process_ids)
        undo = f"{reverse('precipitation_undo', args=[synthesis.code])}?made={ids}"
        messages.success(request, said(receipt), extra_tags=f"undo:{undo}")
        return redirect("synthesis_detail", synthesis.code)

    return answer_once(request, write) if request.method == "POST" else page()


def row_forms(request: LabRequest, data: Any, numbers: queries.RecipeNumbers, places: list[Place]) -> RowForms:
    """Return the rows, each starting with the recipe's numbers and the first fridge."""
    if data is not None and request.POST.get("do") == "more":
        data = data.copy()
        data["rows-TOTAL_FORMS"] = str(
            len(RoundFormSet(data, prefix="rows", form_kwargs={"places": places}).forms) + ROWS
        )
    fridge = queries.first_place(places, PlaceKind.FRIDGE)
    start = {
        "rpm": numbers.rpm,
        "minutes": numbers.minutes,
        "hexane_ml": numbers.hexane_ml,
        "vials": 1,
        "filtered": True,
        "place": fridge.pk if fridge else None,
    }
    kwargs = {"places": places, "initial": start}
    return RoundFormSet(data, prefix="rows", form_kwargs=kwargs)


def save(table: Table) -> Receipt:
    """Write the table of valid forms in one transaction."""
    rows, stop = table_rows(table)
    with journal_of(table.request.lab, by=table.request.user) as journal:
        return record_fractions(
            journal,
            synthesis=table.synthesis,
            rows=rows,
            stop=stop(journal.at) if stop else None,
            operator=table.shared.cleaned_data["operator"].strip(),
            recipe=queries.precipitation_recipe(table.request.lab),
        )


def place_refusal(table: Table, refusal: Refusal) -> str:
    """Show a refusal at the row and field it is about; returns the recount that would make it possible."""
    parts = (refusal.field or "").split(".")
    recorded = [form for form in table.rows.forms if form.is_recorded]
    if len(parts) != 3 or not parts[1].isdigit() or int(parts[1]) > len(recorded):
        attach_refusal(table.shared, refusal)
        return ""
    form: RoundForm = recorded[int(parts[1]) - 1]
    field = {"meoac": "meoac_ml", "hexane": "hexane_ml", "source": "in_ml", "amount": "in_ml"}.get(parts[2], parts[2])
    attach_refusal(form, Refusal(refusal.message, field=field))
    return f"{parts[1]}.{parts[2]}" if "recount" in refusal.offer else ""


def page_context(table: Table, offer: str) -> dict[str, Any]:
    """Return what the page shows: rows with their planned chain, and what the rotor makes of the speed."""
    rotor = next(iter(table.shared.rotors), None)
    recounts = table.request.POST.getlist("recount")
    return {
        "synthesis": table.synthesis,
        "source": table.source,
        "rows": planned_chain(table),
        "formset": table.rows,
        "shared": table.shared,
        "ratio": table.numbers.ratio,
        "rotor": rotor,
        "force": said_force(table.numbers.rpm, rotor.rotor_radius_mm if rotor else None),
        "offer": offer,
        "recounts": recounts,
    }


def planned_chain(table: Table) -> list[dict[str, Any]]:
    """Return every row with its number, computed volume in and planned MeOAc, in ml, each from the row before."""
    volume, chain = table.source.balance, []
    for index, form in enumerate(table.rows.forms):
        data = getattr(form, "cleaned_data", {})
        typed = data.get("in_ml")
        volume = typed.value if typed else volume
        plan = planned_meoac_ul(volume, table.numbers.ratio)
        form.fields["in_ml"].widget.attrs["placeholder"] = "" if volume is None else show_number(volume.scaleb(-3), 1)
        chain.append({
            "form": form,
            "number": table.number + index,
            "in_ml": "" if volume is None else show_number(volume.scaleb(-3), 1),
            "plan_ml": "" if plan is None else show_number(plan.scaleb(-3), 1),
        })  # fmt: skip
        actual = data.get("meoac_ml")
        added = actual.value if actual else plan
        volume = None if volume is None or added is None else volume + added
    return chain


def said_force(rpm: str, radius_mm: Decimal | None) -> str:
    """Return what a speed is in multiples of gravity, or what is missing to say it."""
    try:
        force = relative_force(speed_rpm=float(rpm or 0), rotor_radius_mm=radius_mm)
    except (MissingNumber, ValueError):
        return "rotor radius not recorded, so rpm cannot become × g"
    return f"{rpm} rpm = {force.customary.value:.0f} × g"


def said(receipt: Receipt) -> str:
    """Return exactly what one save made."""
    rounds, vials = len(receipt.rounds), receipt.vials
    places = list(dict.fromkeys(vial.place.title for vial in fresh(vials) if vial.place))
    parts = [counted(rounds, "round"), counted(rounds, "fraction"), counted(len(vials), "vial")]
    if places:
        parts[-1] += f" in {' and '.join(places)}"
    parts.append(f"{counted(receipt.label_count, 'label')} queued")
    if receipt.stop:
        parts.append(f"stopped: {receipt.stop.outcome}")
    return f"Saved {', '.join(parts)}."


def fresh(vials: list[Sample]) -> list[Sample]:
    """Return the vials as they are now, with their places."""
    return list(Sample.objects.filter(pk__in=[vial.pk for vial in vials]).select_related("place").order_by("pk"))


def counted(number: int, word: str) -> str:
    """Return "1 vial" or "4 vials"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


@lab_view("record")
@require_POST
def precipitation_undo(request: LabRequest, code: str) -> HttpResponse:
    synthesis = find(request, Synthesis.objects, code=code)
    ids = [int(part) for part in request.GET.get("made", "").split(",") if part.isdigit() and len(part) < 19]

    def write() -> HttpResponse:
        try:
            with journal_of(request.lab, by=request.user) as journal:
                count = undo_fractions(journal, synthesis=synthesis, process_ids=ids)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(
                request, f"Undone: {counted(count, 'sample')} taken back, the amounts are where they were."
            )
        return redirect("synthesis_detail", synthesis.code)

    return answer_once(request, write)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def clean_up_spin_new(request: LabRequest, code: str) -> HttpResponse:
    synthesis = find(request, Synthesis.objects, code=code)
    fractions = Sample.objects.visible_to(request.user).filter(origin__synthesis=synthesis, kind=SampleKind.FRACTION)
    kept = fractions.exclude(status="discarded").order_by("pk")
    form = CleanUpForm(request.POST or draft_data(request) or None, fractions=kept)

    def page(status: int = 200) -> HttpResponse:
        return render(request, "samples/clean_up_spin_new.html", {"form": form, "synthesis": synthesis}, status=status)

    def write() -> HttpResponse:
        if not form.is_valid():
            return page(422)
        try:
            record_spin(request, form)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return page(422)
        messages.success(request, f"The clean-up spin of {form.cleaned_data['fraction']} is recorded.")
        return redirect("synthesis_detail", synthesis.code)

    return answer_once(request, write) if request.method == "POST" else page()


def record_spin(request: LabRequest, form: CleanUpForm) -> None:
    """Write the clean-up spin of a valid form."""
    data = form.cleaned_data
    values = (ValueLine("spin_speed_rpm", None, data["rpm"]), ValueLine("spin_time_min", None, data["minutes"]))
    with journal_of(request.lab, by=request.user) as journal:
        spin = SpinRow(
            at=data["at"].at if data["at"] else journal.at,
            phase_kept=data["phase_kept"],
            phase_discarded=data["phase_discarded"],
            outcome=data["outcome"],
            amount_after_ul=data["amount_after"].value if data["amount_after"] else None,
            values=tuple(value for value in values if value.actual),
        )
        record_clean_up_spin(journal, fraction=data["fraction"], spin=spin, operator=request.membership.initials)
