"""The printable provenance statement of a sample, and its chain as a table."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from labbook.http import LabRequest, find, lab_view
from samples.lineage.sentences import long_form, short_form
from samples.lineage.statement import said_moment, statement_of
from samples.models import Sample
from samples.views.lineage import csv_file
from samples.views.tag_drawing import tag_drawing

COLUMNS = ("step", "process", "date", "person", "made", "used", "values", "deviations")


@lab_view("read")
def statement(request: LabRequest, code: str) -> HttpResponse:
    """Show what the records say of a sample's making, on one page for paper."""
    sample = find(request, Sample.objects.select_related("specimen", "fraction"), code=code)
    found = statement_of(sample, request.user, request.lab)
    context = {
        "sample": sample,
        "found": found,
        "long_form": long_form(found),
        "short_form": short_form(found),
        "stays": [
            (vial, [(one, said_moment(one.since, "minute", request.lab)) for one in stays])
            for vial, stays in found.stays
        ],
        "qr": tag_drawing(request, sample.tag),
        "generated_at": said_moment(timezone.now(), "minute", request.lab),
    }
    return render(request, "samples/statement.html", context)


@lab_view("read")
def statement_csv(request: LabRequest, code: str) -> HttpResponse:
    """Give the numbered chain as a table."""
    sample = find(request, Sample.objects, code=code)
    found = statement_of(sample, request.user, request.lab)
    rows = (
        (step.number, step.what, step.process.started_at.isoformat(), step.process.operator,
         "; ".join(one.code for one in step.made), "; ".join(step.used), "; ".join(step.values),
         "; ".join(step.deviations))
        for step in found.steps
    )  # fmt: skip
    return csv_file(f"{sample.code}-provenance.csv", COLUMNS, rows)
