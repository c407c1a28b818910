"""Equipment: the list, a new piece, and changing one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.http import LabRequest, find, lab_view
from labbook.queries.drafts import draft_data
from labbook.roles import may
from labbook.services.editing import edit_record
from samples.forms.equipment import EquipmentForm
from samples.models import Equipment, Sample
from samples.services.equipment import add_equipment
from samples.views.keeping import answer_form


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def equipment_list(request: LabRequest) -> HttpResponse:
    pieces = list(Equipment.objects.visible_to(request.user).filter(lab=request.lab).order_by("kind", "title"))
    held = {one.held_by_id for one in pieces if one.held_by_id}
    context = {
        "pieces": pieces,
        "loads": dict(Sample.objects.visible_to(request.user).filter(pk__in=held).values_list("pk", "code")),
        "may_manage": may(request.membership.role, "manage"),
    }
    return render(request, "samples/equipment_list.html", context)


@lab_view("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def equipment_new(request: LabRequest) -> HttpResponse:
    form = EquipmentForm(request.POST or draft_data(request) or None, lab=request.lab)

    def save() -> HttpResponse:
        made = add_equipment(lab=request.lab, by=request.user, facts=form.changes())
        messages.success(request, f"{made.title} is there.")
        return redirect("equipment_list")

    return answer_form(request, form, lambda status: _page(request, form, None, status), save)


@lab_view("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def equipment_edit(request: LabRequest, equipment_id: int) -> HttpResponse:
    piece = find(request, Equipment.objects, pk=equipment_id)
    form = EquipmentForm(request.POST or draft_data(request) or None, lab=request.lab, record=piece)

    def save() -> HttpResponse:
        token = request.POST.get("version", "")
        edit_record(record=piece, changes=form.changes(), token=token, by=request.user)
        messages.success(request, f"{form.cleaned_data['title']} is saved.")
        return redirect("equipment_list")

    return answer_form(request, form, lambda status: _page(request, form, piece, status), save, record=piece)


def _page(request: LabRequest, form: EquipmentForm, piece: Equipment | None, status: int) -> HttpResponse:
    return render(request, "samples/equipment_form.html", {"form": form, "record": piece}, status=status)
