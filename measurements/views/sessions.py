"""Instrument sessions: one with what was measured in it, begun by hand, changed, its clock measured."""

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
from measurements.forms.instruments import ClockForm
from measurements.forms.sessions import NewSessionForm, SessionForm
from measurements.models import Instrument, InstrumentSession
from measurements.queries.instruments import measured_in, offset_words
from measurements.queries.measurements_conditions import merged_settings
from measurements.services.sessions import add_session, change_session, measure_session_clock
from measurements.views.instruments import found, moments_said, today_in
from samples.views.keeping import answer_form


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def session_detail(request: LabRequest, session_id: int) -> HttpResponse:
    return show_session(request, session_called(request, session_id), ClockForm())


def show_session(request: LabRequest, session: InstrumentSession, clock: ClockForm, status: int = 200) -> HttpResponse:
    """Show a session, with what was wrong about a clock's reading."""
    context = {
        "session": session,
        "settings": merged_settings([("this day", session.settings)]),
        "clock": "" if session.clock_offset_s is None else offset_words(session.clock_offset_s) or "right",
        "usual_clock": offset_words(session.instrument.clock_offset_s) or "no offset known",
        "lines": measured_in(session, seen_by=request.user),
        "clock_form": clock,
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "measurements/session_detail.html", context, status=status)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: LabRequest, instrument_id: int) -> HttpResponse:
    instrument = found(request, instrument_id)
    initial = {"day": today_in(request).isoformat()}
    form = NewSessionForm(request.POST or draft_data(request) or None, request=request, initial=initial)

    def save() -> HttpResponse:
        facts = form.changes()
        day, project = facts.pop("day"), facts.pop("project", None)
        with journal_of(request.lab, by=request.user) as journal:
            made = add_session(journal, instrument=instrument, day=day, project=project, facts=facts)
        messages.success(request, f"{made} is there.")
        return redirect("session_detail", made.pk)

    return answer_form(request, form, lambda status: form_page(request, form, instrument, None, status), save)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: LabRequest, session_id: int) -> HttpResponse:
    session = session_called(request, session_id)
    form = SessionForm(request.POST or draft_data(request) or None, request=request, record=session)

    def page(status: int) -> HttpResponse:
        return form_page(request, form, session.instrument, session, status)

    def save() -> HttpResponse:
        token = request.POST.get("version", "")
        with journal_of(request.lab, by=request.user) as journal:
            changed = change_session(journal, session, form.changes(), token=token)
        messages.success(request, f"The session is saved.{moments_said(changed.moment_count)}")
        return redirect("session_detail", session.pk)

    return answer_form(request, form, page, save, record=session)


@lab_view("record")
@require_POST
def session_clock(request: LabRequest, session_id: int) -> HttpResponse:
    """Take down what the computer's clock says now, for this session alone."""
    session, form = session_called(request, session_id), ClockForm(request.POST)

    def write() -> HttpResponse:
        if not form.is_valid():
            return show_session(request, session, form, 422)
        try:
            with journal_of(request.lab, by=request.user) as journal:
                changed = measure_session_clock(journal, session, form.cleaned_data["clock_says"], now=timezone.now())
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return show_session(request, session, form, 422)
        words = offset_words(changed.session.clock_offset_s) or "right"
        messages.success(request, f"The clock is {words}.{moments_said(changed.moment_count)}")
        return redirect("session_detail", session.pk)

    return answer_once(request, write)


def session_called(request: LabRequest, session_id: int) -> InstrumentSession:
    """Return the session of an address, as the person sees it."""
    return find(request, InstrumentSession.objects.select_related("instrument", "project", "lab"), pk=session_id)


def form_page(
    request: LabRequest, form: SessionForm, instrument: Instrument, session: InstrumentSession | None, status: int
) -> HttpResponse:
    """Show the form of a session."""
    context = {"form": form, "instrument": instrument, "record": session}
    return render(request, "measurements/session_form.html", context, status=status)
