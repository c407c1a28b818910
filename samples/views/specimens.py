"""The page that makes specimens, several of one kind at once, of one vial or of several."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, lab_view
from labbook.journal import journal_of
from labbook.quantities import Moment
from labbook.queries.drafts import draft_data
from samples.forms.specimens import ASKED, MOST_AT_ONCE, SpecimenForm
from samples.kinds import SPECIMEN_FORMS, Precision
from samples.models import Sample
from samples.services.names import request_labels
from samples.services.specimens import make_specimens
from samples.views.actions import recount_of

# What is carried along when another kind is chosen.
CARRIED = ("count", "amount", "at", "note")


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def specimen_new(request: LabRequest) -> HttpResponse:
    """Show what one kind of specimen asks for, and make as many as were asked of each source."""
    kind = request.GET.get("kind", "FL")
    kind = kind if kind in ASKED else "FL"
    data = request.POST if request.method == "POST" else draft_data(request)
    form = SpecimenForm(data, user=request.user, lab=request.lab, kind=kind, initial=initial_of(request, kind))
    if request.method != "POST":
        return _page(request, form)
    return answer_once(request, lambda: _made(request, form))


def initial_of(request: LabRequest, prefix: str) -> dict[str, str]:
    """Return what the form starts with: the sources in the address, and what was typed under another kind."""
    sources = ", ".join(request.GET.getlist("from")[:MOST_AT_ONCE])
    carried = {name: request.GET[name][:2000] for name in CARRIED if request.GET.get(name)}
    return {"source": sources, "series": prefix, "substrate": ASKED[prefix].default, "count": "1", **carried}


def _made(request: LabRequest, form: SpecimenForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        made = _make(request, form)
    except Refusal as refusal:
        attach_refusal(form, refusal)
        return _page(request, form, status=422, offer=refusal.offer)
    codes = ", ".join(specimen.code for specimen in made)
    messages.success(request, f"Made {codes}. {len(made)} label{'s wait' if len(made) > 1 else ' waits'}.")
    return redirect("sample_detail", made[0].code)


def _make(request: LabRequest, form: SpecimenForm) -> list[Sample]:
    with journal_of(request.lab, by=request.user) as journal:
        moment: Moment = form.cleaned_data["at"] or Moment(journal.at, "minute")
        made = [
            specimen
            for source in form.cleaned_data["source"]
            for specimen in make_specimens(
                journal, source=source, plan=form.plan(recount=recount_of(request, source)),
                count=form.cleaned_data["count"], at=moment.at, precision=Precision(moment.precision),
                operator=request.membership.initials, recipe=form.recipe,
            )
        ]  # fmt: skip
        request_labels(journal, samples=made)
    return made


def sources_named(request: LabRequest, form: SpecimenForm) -> list[Sample]:
    """Return the sources that stand in the form by their codes, to say what is left of them."""
    codes = [code.strip() for code in str(form["source"].value() or "").split(",")][:MOST_AT_ONCE]
    found = Sample.objects.visible_to(request.user).filter(lab=request.lab, code__in=codes)
    return list(found.order_by("code"))


def kinds_of(form: SpecimenForm) -> list[dict[str, object]]:
    """Return the kinds as links that keep the sources."""
    typed = str(form["source"].value() or "").split(",")
    sources = [("from", code.strip()) for code in typed[:MOST_AT_ONCE] if code.strip()]
    return [
        {
            "text": one.plural.capitalize() if one.plural[0].islower() else one.plural,
            "address": f"?{urlencode([('kind', one.code_prefix), *sources])}",
            "is_on": one.code_prefix == form.kind,
        }
        for one in SPECIMEN_FORMS
    ]


def _page(
    request: LabRequest,
    form: SpecimenForm,
    *,
    status: int = 200,
    offer: dict[str, str] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "left": sources_named(request, form),
        "chips": kinds_of(form),
        "recipe": form.recipe,
        "offer": offer,
        "agreed": request.POST.getlist("recount"),
    }
    return render(request, "samples/specimen_new.html", context, status=status)
