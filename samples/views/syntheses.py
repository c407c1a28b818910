"""Syntheses: the list, starting, duplicating, editing words and ending."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.journal import journal_of
from labbook.queries.drafts import draft_data
from labbook.roles import may
from labbook.services.versions import check_unchanged
from labbook.views.conflicts import refusal_page
from samples.forms.syntheses import EndForm, SynthesisEditForm
from samples.models import Synthesis, SynthesisStatus
from samples.queries import syntheses as queries
from samples.services.editing import edit_synthesis
from samples.services.syntheses import (
    duplicate_synthesis,
    end_synthesis,
    injection_of,
    reopen_synthesis,
    start_synthesis,
)
from samples.services.values import forget_value, record_value

TEMPERATURE_KEY = "injection_temperature_c"


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def synthesis_list(request: LabRequest) -> HttpResponse:
    asked = queries.Narrowing(
        status=request.GET.get("status", ""),
        operator=request.GET.get("by", "")[:8],
        deviating=bool(request.GET.get("dev")),
        text=request.GET.get("q", "")[:120],
    )
    seen = queries.syntheses_seen(request.lab, request.user)
    before = request.GET.get("before", "")
    cursor = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    lines, next_key = queries.page_of_lines(queries.narrowed(seen, asked), before=cursor)
    context = {
        "lines": lines,
        "asked": asked,
        "chips": list_chips(request, asked),
        "next": with_params(request, before=str(next_key)) if next_key else "",
        "newest": with_params(request, before="") if cursor else "",
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "samples/synthesis_list.html", context)


def list_chips(request: LabRequest, asked: queries.Narrowing) -> list[dict[str, Any]]:
    """Return the facets of the list as links that keep the others."""
    chips = [
        {
            "text": word or "All",
            "address": with_params(request, status=word),
            "is_on": asked.status == word,
        }
        for word in ("", *queries.STATUSES)
    ]
    for initials in queries.operators_of(request.lab, request.user)[:8]:
        is_on = asked.operator == initials
        address = with_params(request, by="" if is_on else initials)
        chips.append({"text": "by", "strong": initials, "address": address, "is_on": is_on})
    address = with_params(request, dev="" if asked.deviating else "1")
    return [*chips, {"text": "notable deviations", "address": address, "is_on": asked.deviating}]


def with_params(request: LabRequest, **changed: str) -> str:
    """Return the address of the list with some parameters set, or left out where they are empty."""
    wanted = request.GET.copy()
    for name in ("before", *changed):
        wanted.pop(name, None)
    for name, value in changed.items():
        if value:
            wanted[name] = value
    return f"?{wanted.urlencode()}"


@lab_view("record")
@require_POST
def synthesis_start(request: LabRequest, code: str) -> HttpResponse:
    synthesis = find(request, Synthesis.objects, code=code)

    def write() -> HttpResponse:
        try:
            check_unchanged(synthesis, request.POST.get("version", ""))
            with journal_of(request.lab, by=request.user) as journal:
                start_synthesis(journal, synthesis=synthesis)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("synthesis_detail", synthesis.code)
        return redirect("run_mode", synthesis.code)

    return answer_once(request, write)


@lab_view("record")
@require_POST
def synthesis_duplicate(request: LabRequest, code: str) -> HttpResponse:
    synthesis = find(request, Synthesis.objects.select_related("recipe", "project"), code=code)

    def write() -> HttpResponse:
        with journal_of(request.lab, by=request.user, reason=f"duplicate of {synthesis.code}") as journal:
            again = duplicate_synthesis(journal, synthesis=synthesis, operator=request.membership.initials)
        messages.success(request, f"{again.code} is planned like {synthesis.code}; what was done is not copied.")
        return redirect("synthesis_detail", again.code)

    return answer_once(request, write)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def synthesis_edit(request: LabRequest, code: str) -> HttpResponse:
    synthesis = find(request, Synthesis.objects, code=code)
    initial = {name: getattr(synthesis, name) for name in SynthesisEditForm.base_fields}
    form = SynthesisEditForm(request.POST or draft_data(request) or None, initial=initial)

    def page(status: int = 200) -> HttpResponse:
        return render(request, "samples/synthesis_edit.html", {"form": form, "synthesis": synthesis}, status=status)

    def write() -> HttpResponse:
        if not form.is_valid():
            return page(422)
        try:
            edit_synthesis(
                record=synthesis, changes=form.cleaned_data, token=request.POST.get("version", ""), by=request.user
            )
        except Refusal as refusal:
            return refusal_page(request, refusal, form, synthesis, page)
        messages.success(request, f"{synthesis.code} is saved.")
        return redirect("synthesis_detail", synthesis.code)

    return answer_once(request, write) if request.method == "POST" else page()


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def synthesis_end(request: LabRequest, code: str) -> HttpResponse:
    synthesis = find(request, Synthesis.objects, code=code)
    process = injection_of(synthesis)
    lines = list(process.inputs.filter(used_at__isnull=True, sample__isnull=False).select_related("sample"))
    form = EndForm(request.POST or draft_data(request) or None, synthesis=synthesis, lines=lines)

    def page(status: int = 200) -> HttpResponse:
        return render(request, "samples/synthesis_end.html", {"form": form, "synthesis": synthesis}, status=status)

    def write() -> HttpResponse:
        if not form.is_valid():
            return page(422)
        try:
            check_unchanged(synthesis, request.POST.get("version", ""))
            end(request, synthesis, form)
        except Refusal as refusal:
            field = {TEMPERATURE_KEY: "temperature"}.get(refusal.field or "", refusal.field)
            attach_refusal(form, Refusal(refusal.message, field=field))
            return page(422)
        synthesis.refresh_from_db()
        messages.success(request, f"{synthesis.code} is {synthesis.get_status_display()}.")
        return redirect("synthesis_detail", synthesis.code)

    return answer_once(request, write) if request.method == "POST" else page()


def end(request: LabRequest, synthesis: Synthesis, form: EndForm) -> None:
    """Write the end of a valid form, with the temperature it still lacked."""
    data = form.cleaned_data
    with journal_of(request.lab, by=request.user) as journal:
        process = injection_of(synthesis)
        if data.get("temperature"):
            record_value(journal, process=process, key=TEMPERATURE_KEY, actual=data["temperature"])
        elif data.get("temperature_reason", "").strip():
            forget_value(journal, process=process, key=TEMPERATURE_KEY, reason=data["temperature_reason"])
        end_synthesis(
            journal, synthesis=synthesis, outcome=SynthesisStatus(data["outcome"]), reason=data["reason"],
            look=data["look"], used=data.get("used") or (),
        )  # fmt: skip


@lab_view("record")
@require_POST
def synthesis_reopen(request: LabRequest, code: str) -> HttpResponse:
    synthesis = find(request, Synthesis.objects, code=code)

    def write() -> HttpResponse:
        try:
            with journal_of(request.lab, by=request.user) as journal:
                reopen_synthesis(journal, synthesis=synthesis, reason=request.POST.get("reason", ""))
        except Refusal as refusal:
            messages.error(request, refusal.message)
        return redirect(reverse("synthesis_detail", args=[synthesis.code]))

    return answer_once(request, write)
