"""Instruments: the list, one of them with its settings and calibrations, a new one, and changing one."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.journal import journal_of
from labbook.queries.drafts import draft_data
from labbook.roles import may
from measurements.calibration_spans import spans_of
from measurements.forms.instruments import ClockForm, InstrumentForm
from measurements.models import Instrument
from measurements.queries.instruments import (
    calibration_lines,
    files_of,
    instrument_lines,
    offset_words,
    sessions_of,
    setting_lines,
)
from measurements.services.instruments import add_instrument, change_instrument, measure_clock
from samples.views.keeping import answer_form


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def instrument_list(request: LabRequest) -> HttpResponse:
    context = {
        "lines": instrument_lines(request.lab, seen_by=request.user, today=today_in(request)),
        "may_manage": may(request.membership.role, "manage"),
    }
    return render(request, "measurements/instrument_list.html", context)


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def instrument_detail(request: LabRequest, instrument_id: int) -> HttpResponse:
    return show_instrument(request, found(request, instrument_id), ClockForm())


def show_instrument(request: LabRequest, instrument: Instrument, clock: ClockForm, status: int = 200) -> HttpResponse:
    """Show an instrument, with what was wrong about a clock's reading."""
    today = today_in(request)
    calibrations = calibration_lines(instrument, seen_by=request.user, today=today)
    spans = spans_of([one.calibration for one in calibrations], today)
    context = {
        "instrument": instrument,
        "settings": setting_lines(instrument),
        "calibrations": [(one, spans.by_id[one.calibration.pk]) for one in calibrations],
        "spans": spans,
        "sessions": sessions_of(instrument, seen_by=request.user),
        "files": files_of(instrument, seen_by=request.user),
        "clock": offset_words(instrument.clock_offset_s),
        "clock_form": clock,
        "may_record": may(request.membership.role, "record"),
        "may_manage": may(request.membership.role, "manage"),
    }
    return render(request, "measurements/instrument_detail.html", context, status=status)


@lab_view("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def instrument_new(request: LabRequest) -> HttpResponse:
    form = InstrumentForm(request.POST or draft_data(request) or None, lab=request.lab)

    def save() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            made = add_instrument(journal, form.changes())
        messages.success(request, f"{made.title} is there.")
        return redirect("instrument_detail", made.pk)

    return answer_form(request, form, lambda status: form_page(request, form, None, status), save)


@lab_view("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def instrument_edit(request: LabRequest, instrument_id: int) -> HttpResponse:
    instrument = found(request, instrument_id)
    form = InstrumentForm(request.POST or draft_data(request) or None, lab=request.lab, record=instrument)

    def save() -> HttpResponse:
        token = request.POST.get("version", "")
        with journal_of(request.lab, by=request.user) as journal:
            changed = change_instrument(journal, instrument, form.changes(), token=token)
        messages.success(request, f"{changed.instrument.title} is saved.{moments_said(changed.moment_count)}")
        return redirect("instrument_detail", instrument.pk)

    return answer_form(
        request, form, lambda status: form_page(request, form, instrument, status), save, record=instrument
    )


@lab_view("manage")
@require_POST
def instrument_clock(request: LabRequest, instrument_id: int) -> HttpResponse:
    """Take down what the computer's clock says now."""
    instrument, form = found(request, instrument_id), ClockForm(request.POST)

    def write() -> HttpResponse:
        if not form.is_valid():
            return show_instrument(request, instrument, form, 422)
        try:
            with journal_of(request.lab, by=request.user) as journal:
                changed = measure_clock(journal, instrument, form.cleaned_data["clock_says"], now=timezone.now())
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return show_instrument(request, instrument, form, 422)
        words = offset_words(changed.instrument.clock_offset_s) or "right"
        messages.success(request, f"The clock is {words}.{moments_said(changed.moment_count)}")
        return redirect("instrument_detail", instrument.pk)

    return answer_once(request, write)


def form_page(request: LabRequest, form: InstrumentForm, instrument: Instrument | None, status: int) -> HttpResponse:
    """Show the form of an instrument."""
    context = {"form": form, "record": instrument}
    return render(request, "measurements/instrument_form.html", context, status=status)


def found(request: LabRequest, instrument_id: int) -> Instrument:
    """Return the instrument of an address."""
    return find(request, Instrument.objects.prefetch_related("settings"), pk=instrument_id)


def today_in(request: LabRequest) -> date:
    """Return today in the lab's zone."""
    return timezone.localdate(timezone=request.lab.zone)


def moments_said(count: int) -> str:
    """Say of how many measurements the moment follows the clock."""
    if not count:
        return ""
    return f" {count} {'measurement has' if count == 1 else 'measurements have'} another moment now."
