"""The log sheet of an instrument: what goes on it, for paper, and as a table to be filled in on its computer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from labbook.http import LabRequest, lab_view
from measurements.forms.instruments_log_sheet import LogSheetForm
from measurements.log_sheets import COLUMN_OF_RUNG, LogLine, log_lines, table_of
from measurements.models import Instrument
from measurements.queries.instruments import setting_lines
from measurements.views.instruments import found


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def log_sheet(request: LabRequest, instrument_id: int) -> HttpResponse:
    """Show the sheet as it is printed, or the form that asks what goes on it."""
    instrument = found(request, instrument_id)
    form = form_of(request, instrument)
    if not form.is_valid():
        context = {"form": form, "instrument": instrument}
        return render(request, "measurements/log_sheet_form.html", context, status=422 if form.is_bound else 200)
    data = form.cleaned_data
    context = {
        "instrument": instrument,
        "settings": [one for one in setting_lines(instrument) if one.shown],
        "lines": lines_of(form),
        "rung_head": COLUMN_OF_RUNG[data["along"]] if data["rungs"] else "rung",
        "day": data["day"],
        "query": request.GET.urlencode(),
        "printed_at": timezone.now(),
    }
    return render(request, "measurements/log_sheet_print.html", context)


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def log_sheet_table(request: LabRequest, instrument_id: int) -> HttpResponse:
    """Answer the sheet as a table with tabs."""
    instrument = found(request, instrument_id)
    form = form_of(request, instrument)
    if not form.is_valid():
        words = [" ".join(map(str, messages)) for messages in form.errors.values()]
        return HttpResponse("\n".join(words or ["Say which samples."]), status=422, content_type="text/plain")
    data = form.cleaned_data
    table = table_of(lines_of(form), data["along"] if data["rungs"] else None)
    answer = HttpResponse(table, content_type="text/tab-separated-values; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="log-sheet-{instrument.pk}.tsv"'
    return answer


def form_of(request: LabRequest, instrument: Instrument) -> LogSheetForm:
    """Return the form of what the address asks for; unbound where it names no sample."""
    data = request.GET if "sample" in request.GET else None
    return LogSheetForm(data, instrument=instrument, lab=request.lab, user=request.user)


def lines_of(form: LogSheetForm) -> list[LogLine]:
    """Return the lines that a valid form asks for."""
    data = form.cleaned_data
    return log_lines(data["sample"], data["rungs"], data["technique"], repeats=data["repeats"])
