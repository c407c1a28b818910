"""Pages that receive samples without recorded parents, and pool samples into one."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, lab_view
from labbook.journal import Journal, journal_of
from labbook.quantities import Moment, QuantityError, StorageUnit, parse_amount
from samples.forms.making import PoolForm, ReceiveForm
from samples.kinds import SPECIMEN_KINDS, Precision, SampleKind, Unit
from samples.models import Sample
from samples.services.names import request_labels
from samples.services.pooling import Share, pool, receive_sample


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def sample_receive(request: LabRequest) -> HttpResponse:
    form = ReceiveForm(request.POST or None)
    if request.method != "POST":
        return _receive_page(request, form)

    def write() -> HttpResponse:
        if not form.is_valid():
            return _receive_page(request, form, status=422)
        try:
            with journal_of(request.lab, by=request.user) as journal:
                sample = _receive(journal, form.cleaned_data, request.membership.initials)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return _receive_page(request, form, status=422)
        messages.success(request, f"{sample.code} is received; its parents are not recorded.")
        return redirect("sample_detail", sample.code)

    return answer_once(request, write)


def _receive(journal: Journal, data: dict[str, Any], initials: str) -> Sample:
    moment: Moment = data["at"] or Moment(journal.at, "minute")
    amount, unit = received_amount(data["amount"], SampleKind(data["kind"]))
    return receive_sample(
        journal, kind=SampleKind(data["kind"]), unit=unit, amount=amount, at=moment.at,
        precision=Precision(moment.precision), operator=initials, code=data["code"], title=data["title"],
        origin_note=data["origin_note"], aliases=[one for one in data["aliases"].split(",") if one.strip()],
    )  # fmt: skip


def received_amount(text: str, kind: SampleKind) -> tuple[Decimal | None, Unit]:
    """Return an amount with the unit it was typed in; a specimen is one piece.

    Raises Refusal("amount") when it is no amount.
    """
    if kind in SPECIMEN_KINDS:
        return Decimal(1), Unit.PIECE
    if not text.strip():
        return None, Unit.UL
    stored: tuple[StorageUnit, ...] = ("ul", "mg")
    problem = "That is no amount."
    for unit in stored:
        try:
            return parse_amount(text, unit, typed_in="ml" if unit == "ul" else "g").value, Unit(unit)
        except QuantityError as error:
            problem = str(error)
    raise Refusal(problem, field="amount")


def _receive_page(request: LabRequest, form: ReceiveForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "title": "Receive a sample",
        "about": "From before the notebook, or from elsewhere.",
        "button": "Receive",
    }
    return render(request, "samples/sample_making.html", context, status=status)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def samples_pool(request: LabRequest) -> HttpResponse:
    form = PoolForm(request.POST or None, initial={"shares": "\n".join(request.GET.getlist("from")[:50])})
    if request.method != "POST":
        return _pool_page(request, form)

    def write() -> HttpResponse:
        if not form.is_valid():
            return _pool_page(request, form, status=422)
        try:
            with journal_of(request.lab, by=request.user) as journal:
                moment: Moment = form.cleaned_data["at"] or Moment(journal.at, "minute")
                shares = [_share(request, line) for line in form.cleaned_data["shares"].splitlines() if line.strip()]
                made = pool(
                    journal, shares=shares, at=moment.at, operator=request.membership.initials,
                    title=form.cleaned_data["title"],
                )  # fmt: skip
                request_labels(journal, samples=[made])
        except Refusal as refusal:
            attach_refusal(form, Refusal(refusal.message, field="shares"))
            return _pool_page(request, form, status=422)
        messages.success(request, f"Pooled into {made.code}; its label waits.")
        return redirect("sample_detail", made.code)

    return answer_once(request, write)


def _share(request: LabRequest, line: str) -> Share:
    code, _, text = line.strip().partition(" ")
    sample = Sample.objects.visible_to(request.user).filter(lab=request.lab, code=code).first()
    if sample is None:
        raise Refusal(f"There is no sample {code[:40]} here.")
    if not text.strip():
        return Share(sample, None)
    unit: StorageUnit = "mg" if sample.unit == Unit.MG else "ul"
    try:
        amount = parse_amount(text, unit, typed_in="g" if unit == "mg" else "ml")
    except QuantityError as error:
        raise Refusal(f"{sample.code}: {error}") from error
    return Share(sample, amount.value, amount.as_written)


def _pool_page(request: LabRequest, form: PoolForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "title": "Pool samples",
        "about": "Makes one new fraction that descends from all of them.",
        "button": "Pool",
    }
    return render(request, "samples/sample_making.html", context, status=status)
