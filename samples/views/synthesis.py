"""One synthesis: its page, and its actual values edited in place."""

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from labbook.errors import Conflict, Refusal
from labbook.http import LabRequest, answer_once, find, lab_view, refused
from labbook.journal import journal_of
from labbook.marks.strips import Strip
from labbook.roles import may
from labbook.views.conflicts import conflict_page
from samples.forms.actuals import ActualsForm
from samples.kinds import Precision
from samples.lineage.outcome import with_outcome
from samples.lineage.strip import ancestry_strip
from samples.models import Process, Sample, SampleSize, SampleStatus, Synthesis, SynthesisStatus
from samples.queries import synthesis_page as page
from samples.queries import synthesis_rounds as rounds
from samples.queries.growth_plot import GrowthPlot, growth_plot
from samples.queries.syntheses import growth_times, syntheses_seen
from samples.queries.synthesis_day import day_of
from samples.queries.synthesis_records import Records, records_of
from samples.services.actuals import record_actuals


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def synthesis_detail(request: LabRequest, code: str) -> HttpResponse:
    synthesis = find_synthesis(request, code)
    editing = request.GET.get("edit", "")
    return detail_page(request, synthesis, editing=int(editing) if editing.isdigit() and len(editing) < 19 else None)


@lab_view("record")
@require_POST
def synthesis_values(request: LabRequest, code: str) -> HttpResponse:
    synthesis = find_synthesis(request, code)
    chosen = request.POST.get("process", "")
    if not chosen:
        return refused(request, Refusal("Say which numbers are meant: those of the injection or of a batch."))
    process = find(request, Process.objects, pk=int(chosen) if chosen.isdigit() and len(chosen) < 19 else 0)
    form = ActualsForm(request.POST, process=process)

    def write() -> HttpResponse:
        if not form.is_valid():
            return detail_page(request, synthesis, editing=process.pk, form=form, status=422)
        try:
            with journal_of(request.lab, by=request.user) as journal:
                record_actuals(journal, process=process, wanted=form.wanted(), token=request.POST.get("version", ""))
        except Conflict as conflict:
            return conflict_page(request, conflict, process, names=form.names(), form=form)
        except Refusal as refusal:
            form.add_error(form.names().get(refusal.field or ""), refusal.message)
            return detail_page(request, synthesis, editing=process.pk, form=form, status=422)
        return redirect("synthesis_detail", synthesis.code)

    return answer_once(request, write)


def find_synthesis(request: LabRequest, code: str) -> Synthesis:
    """Return a synthesis of this lab that the person may see, else answer 404."""
    return find(request, Synthesis.objects.select_related("recipe__recipe", "project", "copied_from"), code=code)


def detail_page(
    request: LabRequest,
    synthesis: Synthesis,
    *,
    editing: int | None = None,
    form: ActualsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a synthesis; with `editing` the actual values of one process are fields."""
    records = records_of(synthesis, request.user)
    injection, preparations, fractions = records.injection, records.preparations, records.fractions
    groups = page.groups_of(injection, preparations, records.seen) if injection else []
    may_record = may(request.membership.role, "record")
    edited = next((group.process for group in groups if group.process.pk == editing), None) if may_record else None
    crude = records.crude
    shown_form = form or (ActualsForm(process=edited) if edited else None)
    context = {
        "synthesis": synthesis,
        "injection": injection,
        "temperature": temperature_of(injection),
        "crude": crude,
        "fractions": fractions,
        "fractions_said": rounds.fractions_said(fractions),
        "sizes": sizes_of(fractions),
        "strip": strip_of_page(request, synthesis, records),
        "plot": plot_of(request, synthesis),
        "rounds": rounds.rounds_of(records),
        "groups": with_fields(groups, edited, shown_form),
        "edited": edited,
        "form": shown_form,
        "ratios": page.ratios_of(injection, preparations) if injection else None,
        "events": day_of(synthesis, records),
        "notes": page.source_notes(synthesis.recipe.content) if synthesis.recipe else [],
        "precursor_notes": precursor_notes(preparations),
        "may_record": may_record,
        "is_open": synthesis.status in (SynthesisStatus.PLANNED, SynthesisStatus.RUNNING),
        "crude_ml": made_ml(crude),
        "specimen_source": specimen_source(records),
        "injected_said": said_moment(synthesis.injected_at, injection),
        "ice_bath_said": said_moment(synthesis.ice_bath_at, injection),
        "crumbs": crumbs_of(synthesis, preparations),
    }
    return render(request, "samples/synthesis_detail.html", context, status=status)


def strip_of_page(request: LabRequest, synthesis: Synthesis, records: Records) -> Strip:
    """Return the way from the bottles to the synthesis and on to its vials."""
    lines = records.injection.inputs.all() if records.injection else ()
    strip = ancestry_strip(synthesis, request.user, lines=lines)
    address = f"{reverse('sample_list')}?q={quote(f'kind:vial {synthesis.code}')}"
    return with_outcome(strip, records.fractions, records.vials, vials_address=address)


def temperature_of(injection: Process | None) -> Any:
    """Return the injection temperature of the injection, or nothing."""
    values = injection.values.all() if injection else ()
    return next((value for value in values if value.key == "injection_temperature_c"), None)


def sizes_of(fractions: list[Sample]) -> list[SampleSize]:
    """Return the sizes in force of the fractions, measured ones first."""
    its = {one.pk: one for one in fractions}
    found = list(SampleSize.objects.filter(sample__in=list(its), is_in_force=True)) if its else []
    for size in found:
        size.sample = its[size.sample_id]
    return sorted(found, key=lambda size: (size.origin != SampleSize.Origin.MEASURED, size.sample.code))


def plot_of(request: LabRequest, synthesis: Synthesis) -> GrowthPlot | None:
    """Return the growth plot, or nothing without a growth time."""
    if synthesis.growth_s is None:
        return None
    others = growth_times(syntheses_seen(request.lab, request.user), without=synthesis)
    red = synthesis.turned_red_at
    red_s = (red - synthesis.injected_at).total_seconds() if red and synthesis.injected_at else None
    return growth_plot(synthesis.growth_s, others, red_s=red_s)


def precursor_notes(preparations: list[tuple[Sample, Process]]) -> list[dict[str, Any]]:
    """Return the corrections of the source that the batches' recipes carry: the numbered notes."""
    recipes = {process.recipe_id: process.recipe for _, process in preparations if process.recipe}
    return [
        note for recipe in recipes.values() if recipe for note in recipe.content.get("notes", ()) if note.get("number")
    ]


def crumbs_of(synthesis: Synthesis, preparations: list[tuple[Sample, Process]]) -> list[tuple[str, str]]:
    """Return the way down to a synthesis: its PbI2 batch, then itself."""
    last = [(batch.code, page.address_of(batch)) for batch, _ in preparations][-1:]
    return [*last, (synthesis.code, "")]


def made_ml(crude: Sample | None) -> Decimal | None:
    """Return the volume a crude was made with, in ml."""
    return crude.made_amount.scaleb(-3) if crude and crude.made_amount is not None else None


def said_moment(at: datetime | None, injection: Process | None) -> str:
    """Return a stamp's time of day where the lab is, to the tenth of a second unless it was typed to the minute."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    if injection and injection.started_at_precision == Precision.MINUTE and not local.second:
        return local.strftime("%H:%M")
    return local.strftime("%H:%M:%S.%f")[:-5]


def specimen_source(records: Records) -> Sample | None:
    """Return the first vial with something left, from which a specimen is made."""
    vials = [one for fraction in records.fractions for one in records.vials.get(fraction.pk, [])]
    return next((one for one in vials if one.status == SampleStatus.IN_USE and one.balance != 0), None)


def with_fields(groups: list[page.Group], edited: Process | None, form: ActualsForm | None) -> list[dict[str, Any]]:
    """Return the groups with the fields of the one that is being edited."""
    return [
        {
            "title": group.title,
            "process": group.process,
            "lines": [
                {**asdict(line), "field": field_of(group, edited, form, line.name)}
                for line in group.lines
            ],
        }
        for group in groups
    ]  # fmt: skip


def field_of(group: page.Group, edited: Process | None, form: ActualsForm | None, name: str) -> BoundField | None:
    """Return the field of a line while its process is edited."""
    if form is None or edited is None or group.process.pk != edited.pk or name not in form.fields:
        return None
    return form[name]
