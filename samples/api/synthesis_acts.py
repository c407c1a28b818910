"""What people do with a synthesis, through the API: plan, start, stamp, record, end."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from django import forms

from labbook.api.acts import Act, Call, Edit
from labbook.api.binding import texts_of
from labbook.api.errors import ApiError, field_error
from labbook.api.form_schema import ANY_TEXT
from labbook.errors import Refusal
from labbook.http import LabRequest
from labbook.journal import journal_of
from labbook.services.editing import edit_record
from samples.api.forms import InjectionForm, ProcessEditForm, ReasonForm, StampForm, StepForm, ValueForm
from samples.api.resources import PROCESSES, SYNTHESES, named
from samples.api.sample_acts import moment_of, rows_of
from samples.forms.actuals import ActualsForm
from samples.forms.precipitation import RoundForm, SharedForm
from samples.forms.syntheses import EndForm, SynthesisEditForm, SynthesisForm
from samples.kinds import Precision
from samples.models import Process, Sample, Synthesis, SynthesisStatus
from samples.queries import precipitation as queries
from samples.queries.syntheses import injection_recipes
from samples.services.actuals import record_actuals
from samples.services.editing import edit_synthesis
from samples.services.precipitation import next_round_number, next_source, record_fractions
from samples.services.steps import finish_step, reopen_step, write_step_note
from samples.services.syntheses import (
    CS_INPUT,
    PB_INPUT,
    UsedAmount,
    duplicate_synthesis,
    end_synthesis,
    injection_of,
    plan_synthesis,
    record_injection,
    reopen_synthesis,
    settle_input,
    stamp,
    start_synthesis,
    undo_stamp,
)
from samples.services.undoing_fractions import undo_fractions
from samples.services.values import forget_value, record_value
from samples.views.fraction_rows import Table, table_rows
from samples.views.precipitation import said

TEMPERATURE = "injection_temperature_c"


def batches(call: Call) -> Mapping[str, Any]:
    """Return the body with the codes of batches as ids."""
    body = dict(call.body)
    seen = Sample.objects.visible_to(call.asked.user).filter(lab=call.asked.lab, kind="precursor")
    for name in (CS_INPUT, PB_INPUT):
        batch = named(seen, str(body[name])) if body.get(name) else None
        if batch is not None:
            body[name] = batch.pk
    return body


def do_plan(call: Call) -> str:
    """Plan a synthesis after a recipe of the lab."""
    slug = str(call.body.get("recipe") or "")
    recipe = next((one for one in injection_recipes(call.asked.lab) if one.recipe.slug == slug), None)
    if slug and recipe is None:
        raise Refusal(f"There is no hot-injection recipe {slug[:40]} here.", field="recipe")
    data = call.data
    call.made = plan_synthesis(
        call.journal, recipe=recipe, operator=data["operator"].strip(), code=call.body.get("code") or None,
        planned_temperature=data["temperature"], cs_batch=data["cs_batch"], pb_batch=data["pb_batch"],
        cs_oleate=data["cs_oleate"], planned_for=data["planned_for"], project=data.get("project"),
        title=data["title"].strip(),
    )  # fmt: skip
    return f"{call.made.code} is planned."


def plan_form(call: Call, data: Any) -> forms.BaseForm:
    """Return the form of a plan; who does it is who asks unless the body says another."""
    data.setdefault("operator", call.initials)
    return SynthesisForm(data, lab=call.asked.lab, user=call.asked.user)


def do_start(call: Call) -> str:
    """Start a planned synthesis."""
    start_synthesis(call.journal, synthesis=call.record)
    return f"{call.record.code} is running."


def do_stamp(call: Call) -> str:
    """Stamp a moment; an input that goes beyond its book stays open and is named."""
    refused = stamp(call.journal, synthesis=call.record, moment=call.data["moment"], at=moment_of(call).at)
    left_open = " ".join(one.message for one in refused)
    return f"Stamped. {left_open}".strip()


def do_undo_stamp(call: Call) -> str:
    """Take a stamp back."""
    undo_stamp(call.journal, synthesis=call.record, moment=call.data["moment"])
    return "The stamp is taken back."


def do_injection(call: Call) -> str:
    """Write a whole injection afterwards."""
    data = call.data
    used = {
        key: UsedAmount(given.value, given.as_written, recount.value if recount else None, given.stderr)
        for key, given, recount in (
            (CS_INPUT, data["cs_oleate"], data["cs_recount"]), (PB_INPUT, data["pb_solution"], data["pb_recount"]),
        )
        if given
    }  # fmt: skip
    moments = {f"{name}_at": at.at if (at := data[f"{name}_at"]) else None for name in ("turned_red", "ice_bath")}
    crude = record_injection(
        call.journal, synthesis=call.record, injected_at=data["injected_at"].at,
        precision=Precision(data["injected_at"].precision), temperature=data["temperature"],
        growth=data["growth"], used=used, look=data["look"], crude_ul=data["crude"].value if data["crude"] else None,
        crude_as_written=data["crude"].as_written if data["crude"] else "", **moments,
    )  # fmt: skip
    return f"The injection is recorded; its crude is {crude.code}."


def do_settle(call: Call) -> str:
    """Debit what the injection left open, with a recount of the batch to what was taken."""
    lines = injection_of(call.record).inputs.filter(used_at__isnull=True, sample__isnull=False)
    settled = [
        settle_input(call.journal, line=line, recount=line.amount or line.planned_amount)
        for line in lines.select_related("sample", "process")
    ]
    return f"{len(settled)} inputs are debited."


def do_fractions(call: Call) -> str:
    """Write the whole precipitation table in one save."""
    table = table_of(call)
    rows, stop = table_rows(table)
    receipt = record_fractions(
        call.journal, synthesis=call.record, rows=rows, stop=stop(call.journal.at) if stop else None,
        operator=call.data["operator"].strip(), recipe=queries.precipitation_recipe(call.asked.lab),
    )  # fmt: skip
    return f"{said(receipt)} To undo it, send rounds {receipt.process_ids}."


def table_of(call: Call) -> Table:
    """Return the table as the page would have sent it."""
    asked = call.asked
    places = list(queries.places_of(asked.lab, asked.user))
    given = rows_of(call, "rows", lambda data: RoundForm(data, places=places), most=20) if call.body.get("rows") else []
    idle = next((number for number, one in enumerate(given, 1) if not one.is_recorded), None)
    if idle is not None:
        message = "Give the MeOAc that was added, or say as_planned."
        raise ApiError(422, message, [field_error(f"rows.{idle}.meoac_ml", message)])
    numbers = queries.recipe_numbers(queries.precipitation_recipe(asked.lab))
    return Table(
        asked, call.record, next_source(call.record), next_round_number(call.record), numbers, places,
        SimpleNamespace(forms=given), call.form,
    )  # fmt: skip


def do_undo_fractions(call: Call) -> str:
    """Take one save of the table back."""
    given = texts_of(call.body.get("rounds") or [])
    ids = [int(text) for text in given if text.isdigit() and len(text) < 19]
    count = undo_fractions(call.journal, synthesis=call.record, process_ids=ids)
    return f"Undone: {count} samples taken back, the amounts are where they were."


def do_end(call: Call) -> str:
    """End a synthesis, with the temperature it still lacked."""
    data, process = call.data, injection_of(call.record)
    if data.get("temperature"):
        record_value(call.journal, process=process, key=TEMPERATURE, actual=data["temperature"])
    elif data.get("temperature_reason", "").strip():
        forget_value(call.journal, process=process, key=TEMPERATURE, reason=data["temperature_reason"])
    ended = end_synthesis(
        call.journal, synthesis=call.record, outcome=SynthesisStatus(data["outcome"]), reason=data["reason"],
        look=data["look"], used=data.get("used") or (),
    )  # fmt: skip
    return f"{ended.code} is {ended.get_status_display()}."


def end_form(call: Call, data: Any) -> forms.BaseForm:
    """Return the form of an end; planned inputs that were used are named by their ids."""
    process = injection_of(call.record)
    lines = list(process.inputs.filter(used_at__isnull=True, sample__isnull=False).select_related("sample"))
    return EndForm(data, synthesis=call.record, lines=lines)


def do_reopen(call: Call) -> str:
    """Let an ended synthesis run on."""
    reopen_synthesis(call.journal, synthesis=call.record, reason=call.data["reason"])
    return f"{call.record.code} is running again."


def do_duplicate(call: Call) -> str:
    """Plan the same again."""
    call.made = duplicate_synthesis(call.journal, synthesis=call.record, operator=call.initials)
    return f"{call.made.code} is planned like {call.record.code}; what was done is not copied."


def do_value(call: Call) -> str:
    """Record a planned or actual value of a process, or why there is none."""
    data = call.data
    if data["planned"] is None and data["actual"] is None:
        forget_value(call.journal, process=call.record, key=data["key"], reason=data["reason"])
        return "The value is marked as not recorded."
    record_value(
        call.journal, process=call.record, key=data["key"], planned=data["planned"], actual=data["actual"],
        reason=data["reason"],
    )  # fmt: skip
    return "The value is recorded."


def do_step(call: Call) -> str:
    """Do a step, take its plan as what was done, open it again, or write what was seen in it."""
    data, step = call.data, call.data["step"]
    if "note" in call.body or "look_after" in call.body:
        look = data["look_after"] if "look_after" in call.body else None
        write_step_note(
            call.journal, step=step, note=data["note"] if "note" in call.body else step.note, look_after=look
        )
    if data["do"] == "reopen":
        reopen_step(call.journal, step=step)
    elif data["do"]:
        finish_step(call.journal, step=step, at=call.journal.at, as_planned=data["do"] == "as_planned")
    return f"{step.title}: saved."


def actuals_form(_asked: LabRequest, process: Process, data: Any) -> forms.BaseForm:
    """Return the page's form of actual values, its fields under the names of the history."""
    form = ActualsForm(data, process=process)
    form.fields = {told: form.fields[name] for told, name in form.names().items()}
    return form


def save_actuals(asked: LabRequest, process: Process, form: Any, token: str) -> None:
    """Change actual values, merged with what others saved meanwhile."""
    with journal_of(asked.lab, by=asked.user) as journal:
        record_actuals(journal, process=process, wanted=form.cleaned_data, token=token)


def save_process(asked: LabRequest, process: Process, form: Any, token: str) -> None:
    """Change a process's own words."""
    edit_record(record=process, changes=form.cleaned_data, token=token, by=asked.user, every_field_is_meant=True)


def save_synthesis(asked: LabRequest, synthesis: Synthesis, form: Any, token: str) -> None:
    """Change a synthesis's own words."""
    edit_synthesis(record=synthesis, changes=form.cleaned_data, token=token, by=asked.user, every_field_is_meant=True)


def act(name: str, summary: str, do: Any, form: type[forms.BaseForm] = forms.Form, **more: Any) -> Act:
    """Return an act about a synthesis."""
    return Act(f"synthesis_{name}", summary, do, form, resource=SYNTHESES, **more)


PLAN = act(
    "plan", "Plan a synthesis", do_plan, SynthesisForm, make=plan_form, prepare=batches, defaults={},
    extras={"recipe": {**ANY_TEXT, "description": "The recipe's short name."}, "code": ANY_TEXT},
)  # fmt: skip
ROWS: dict[str, Any] = {"type": "array", "items": {"type": "object"}}
SYNTHESIS_ACTS = {
    "start": act("start", "Start a planned synthesis", do_start, needs_match=True),
    "stamp": act("stamp", "Stamp injected, turned_red or ice_bath", do_stamp, StampForm),
    "undo-stamp": act("undo_stamp", "Take a stamp back", do_undo_stamp, StampForm),
    "injection": act("injection", "Write a whole injection afterwards", do_injection, InjectionForm),
    "settle": act("settle", "Debit what the injection left open", do_settle),
    "fractions": act(
        "fractions", "Write the whole precipitation table", do_fractions, SharedForm, needs_match=True,
        make=lambda call, data: SharedForm(data, lab=call.asked.lab, user=call.asked.user),
        extras={"rows": ROWS, "recount": {"type": "array", "items": ANY_TEXT}},
    ),
    "undo-fractions": act(
        "undo_fractions", "Take one save of the table back", do_undo_fractions,
        extras={"rounds": {"type": "array", "items": {"type": "integer"}}},
    ),
    "end": act("end", "End a synthesis", do_end, EndForm, make=end_form, needs_match=True),
    "reopen": act("reopen", "Let an ended synthesis run on", do_reopen, ReasonForm),
    "duplicate": act("duplicate", "Plan the same again", do_duplicate),
}  # fmt: skip
DO_STEP = Act(
    "process_step", "Do a step of a process", do_step, StepForm, resource=PROCESSES,
    make=lambda call, data: StepForm(data, process=call.record),
)  # fmt: skip
RECORD_VALUE = Act("process_value", "Record a value of a process", do_value, ValueForm, resource=PROCESSES)
EDIT_ACTUALS = Edit(forms.Form, actuals_form, save_actuals)
EDIT_PROCESS = Edit(ProcessEditForm, lambda _asked, _record, data: ProcessEditForm(data), save_process)
EDIT_SYNTHESIS = Edit(SynthesisEditForm, lambda _asked, _record, data: SynthesisEditForm(data), save_synthesis)
