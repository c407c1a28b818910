"""Pages that import a lab's tables: sent, checked line by line, then written all or nothing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from labbook.http import LabRequest, answer_once, lab_view
from samples.forms.imports import ImportForm
from samples.importing.columns import NOT_YET, SHAPES
from samples.importing.running import ImportReport, import_tables
from samples.importing.tables import Source
from samples.services.uploads import drop_upload, keep_upload, kept_sources


@lab_view("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: LabRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    sources = [Source(file.name or "table", file.read()) for file in form.cleaned_data["tables"]]
    report = import_tables(lab=request.lab, by=request.user, sources=sources, dry_run=True)
    if report.errors:
        return _page(request, form, report=report, status=422)
    upload = keep_upload(lab=request.lab, user=request.user, sources=sources)
    return _page(request, ImportForm(), report=report, upload_id=upload.pk)


@lab_view("manage")
@require_POST
def import_run(request: LabRequest, upload_id: int) -> HttpResponse:
    def write() -> HttpResponse:
        sources = kept_sources(lab=request.lab, user=request.user, upload_id=upload_id)
        if not sources:
            messages.error(request, "These tables were already imported or are no longer kept; send them again.")
            return redirect("import_new")
        report = import_tables(lab=request.lab, by=request.user, sources=sources)
        if report.errors:
            return _page(request, ImportForm(), report=report, status=422)
        drop_upload(user=request.user, upload_id=upload_id)
        messages.success(request, f"Imported: {said(report)}.")
        return redirect("import_new")

    return answer_once(request, write)


def said(report: ImportReport) -> str:
    """Return what an import created, in words."""
    created = [f"{count} {table.replace('_', ' ')}" for table, count in sorted(report.created.items())]
    return ", ".join(created) or "nothing new"


def _page(
    request: LabRequest,
    form: ImportForm,
    *,
    report: ImportReport | None = None,
    upload_id: int | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "report": report,
        "upload_id": upload_id,
        "shapes": SHAPES.values(),
        "not_yet": NOT_YET,
    }
    return render(request, "samples/import_new.html", context, status=status)
