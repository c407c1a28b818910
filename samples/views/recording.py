"""Recording an injection afterwards: one form for what run mode stamps."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.journal import journal_of
from labbook.queries.drafts import draft_data
from labbook.services.versions import check_unchanged
from samples.forms.recording import RecordForm
from samples.kinds import Precision
from samples.models import Sample, Synthesis
from samples.services.syntheses import CS_INPUT, UsedAmount, crude_of, injection_of, record_injection

# What a refusal of the service is about → the field that says it.
FIELDS = {
    "amount": "cs_oleate",
    "at": "injected_at",
    "growth_s": "growth",
    "ice_bath": "ice_bath_at",
    "injected": "injected_at",
    "injection_temperature_c": "temperature",
}


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def synthesis_record(request: LabRequest, code: str) -> HttpResponse:
    synthesis = find(request, Synthesis.objects, code=code)
    if synthesis.injected_at is not None or crude_of(synthesis) is not None:
        messages.warning(request, f"The injection of {synthesis.code} is already recorded.")
        return redirect("synthesis_detail", synthesis.code)
    line = injection_of(synthesis).inputs.filter(key=CS_INPUT).first()
    form = RecordForm(
        request.POST or draft_data(request) or None,
        synthesis=synthesis,
        planned_ul=line.planned_amount if line else None,
    )

    def page(status: int = 200, offer: dict[str, str] | None = None) -> HttpResponse:
        context = {"form": form, "synthesis": synthesis, "offer": offer or {}}
        return render(request, "samples/synthesis_record.html", context, status=status)

    def write() -> HttpResponse:
        if not form.is_valid():
            return page(422)
        try:
            check_unchanged(synthesis, request.POST.get("version", ""))
            crude = record(request, synthesis, form)
        except Refusal as refusal:
            attach_refusal(form, Refusal(refusal.message, field=FIELDS.get(refusal.field or "", refusal.field)))
            return page(422, refusal.offer)
        messages.success(request, f"The injection of {synthesis.code} is recorded; its crude is {crude.code}.")
        return redirect("synthesis_detail", synthesis.code)

    return answer_once(request, write) if request.method == "POST" else page()


def record(request: LabRequest, synthesis: Synthesis, form: RecordForm) -> Sample:
    """Write the injection of a valid form; an agreed recount makes room for what was used."""
    data = form.cleaned_data
    injected, ice_bath, cs, crude = data["injected_at"], data["ice_bath_at"], data["cs_oleate"], data["crude"]
    agreed = cs.value if cs and "recount" in request.POST else None
    used = {CS_INPUT: UsedAmount(cs.value, cs.as_written, agreed, cs.stderr)} if cs else {}
    with journal_of(request.lab, by=request.user) as journal:
        return record_injection(
            journal, synthesis=synthesis, injected_at=injected.at, precision=Precision(injected.precision),
            ice_bath_at=ice_bath.at if ice_bath else None, growth=data["growth"], temperature=data["temperature"],
            used=used, crude_ul=crude.value if crude else None, crude_as_written=crude.as_written if crude else "",
            look=data["look"],
        )  # fmt: skip
