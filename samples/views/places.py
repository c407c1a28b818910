"""Places: the flat list, a new one, and changing one."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.http import LabRequest, find, lab_view
from labbook.queries.drafts import draft_data
from labbook.roles import may
from labbook.services.editing import edit_record
from samples.forms.places import PlaceForm
from samples.models import Place, Sample, SampleStatus
from samples.services.places import add_place
from samples.views.keeping import answer_form


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def place_list(request: LabRequest) -> HttpResponse:
    seen = Q(samples__in=Sample.objects.visible_to(request.user)) & ~Q(samples__status=SampleStatus.DISCARDED)
    places = Place.objects.visible_to(request.user).filter(lab=request.lab)
    context = {
        "places": places.annotate(sample_count=Count("samples", filter=seen)).order_by("is_retired", "title"),
        "may_manage": may(request.membership.role, "manage"),
    }
    return render(request, "samples/place_list.html", context)


@lab_view("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def place_new(request: LabRequest) -> HttpResponse:
    form = PlaceForm(request.POST or draft_data(request) or None, lab=request.lab)

    def save() -> HttpResponse:
        place = add_place(lab=request.lab, by=request.user, **form.changes())
        messages.success(request, f"{place.title} is there.")
        return redirect("place_list")

    return answer_form(request, form, lambda status: _page(request, form, None, status), save)


@lab_view("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def place_edit(request: LabRequest, place_id: int) -> HttpResponse:
    place = find(request, Place.objects, pk=place_id)
    form = PlaceForm(request.POST or draft_data(request) or None, lab=request.lab, record=place)

    def save() -> HttpResponse:
        token = request.POST.get("version", "")
        edit_record(record=place, changes=form.changes(), token=token, by=request.user)
        messages.success(request, f"{form.cleaned_data['title']} is saved.")
        return redirect("place_list")

    return answer_form(request, form, lambda status: _page(request, form, place, status), save, record=place)


def _page(request: LabRequest, form: PlaceForm, place: Place | None, status: int) -> HttpResponse:
    return render(request, "samples/place_form.html", {"form": form, "record": place}, status=status)
