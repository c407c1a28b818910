"""Pages that receive samples without recorded parents, and pool samples into one."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, lab_view
from labbook.journal import Journal, journal_of
from labbook.quantities import Moment, QuantityError, parse_amount, storage_unit
from labbook.queries.drafts import draft_data
from samples.forms.amounts import TYPED_IN
from samples.forms.bottles import StockAmount
from samples.forms.codes import SampleCodeField
from samples.forms.making import PoolForm, ReceiveForm
from samples.kinds import SPECIMEN_KINDS, Precision, SampleKind, Unit
from samples.models import Sample
from samples.services.names import request_labels
from samples.services.pooling import Share, pool, receive_sample
from samples.views.actions import recount_of


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def sample_receive(request: LabRequest) -> HttpResponse:
    form = ReceiveForm(request.POST if request.method == "POST" else draft_data(request))
    if request.method != "POST":
        return _receive_page(request, form)

    def write() -> HttpResponse:
        if not form.is_valid():
            return _receive_page(request, form, status=422)
        try:
            with journal_of(request.lab, by=request.user) as journal:
                sample = receive_from(journal, form.cleaned_data, request.membership.initials)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return _receive_page(request, form, status=422)
        messages.success(request, f"{sample.code} is received; its parents are not recorded.")
        return redirect("sample_detail", sample.code)

    return answer_once(request, write)


def receive_from(journal: Journal, data: dict[str, Any], initials: str) -> Sample:
    """Write the sample of a valid form."""
    moment: Moment = data["at"] or Moment(journal.at, "minute")
    amount, unit = received_amount(data["amount"], SampleKind(data["kind"]))
    return receive_sample(
        journal, kind=SampleKind(data["kind"]), unit=unit, amount=amount, at=moment.at,
        precision=Precision(moment.precision), operator=initials, code=data["code"].strip(), title=data["title"],
        origin_note=data["origin_note"], aliases=[one for one in data["aliases"].split(",") if one.strip()],
    )  # fmt: skip


def received_amount(typed: StockAmount | None, kind: SampleKind) -> tuple[Decimal | None, Unit]:
    """Return an amount with the unit it is stored in; a specimen is one piece, an unknown amount is a liquid's."""
    if kind in SPECIMEN_KINDS:
        return Decimal(1), Unit.PIECE
    return (typed.quantity.value, typed.unit) if typed else (None, Unit.UL)


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
    sources = "\n".join(request.GET.getlist("from")[:50])
    form = PoolForm(request.POST if request.method == "POST" else draft_data(request), initial={"shares": sources})
    if request.method != "POST":
        return _pool_page(request, form)

    return answer_once(request, lambda: _pooled(request, form))


def _pooled(request: LabRequest, form: PoolForm) -> HttpResponse:
    if not form.is_valid():
        return _pool_page(request, form, status=422)
    try:
        with journal_of(request.lab, by=request.user) as journal:
            moment: Moment = form.cleaned_data["at"] or Moment(journal.at, "minute")
            made = pool(
                journal, shares=_shares(request, form.cleaned_data["shares"]), at=moment.at,
                precision=Precision(moment.precision), operator=request.membership.initials,
                title=form.cleaned_data["title"],
            )  # fmt: skip
            request_labels(journal, samples=[made])
    except Refusal as refusal:
        # Everything but the moment and the title stands in the lines.
        field = refusal.field if refusal.field in ("at", "title") else "shares"
        attach_refusal(form, Refusal(refusal.message, field=field))
        return _pool_page(request, form, status=422, offer=refusal.offer)
    messages.success(request, f"Pooled into {made.code}; its label waits.")
    return redirect("sample_detail", made.code)


def _shares(request: LabRequest, text: str) -> list[Share]:
    """Return what is taken of each sample; a refusal names its line."""
    shares = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            shares.append(_share(request, line))
        except Refusal as refusal:
            raise Refusal(f"Line {number}: {refusal.message}", field="shares") from refusal
    return shares


def _share(request: LabRequest, line: str) -> Share:
    code, _, text = line.strip().partition(" ")
    field = SampleCodeField()
    field.asked_by(request.user, request.lab)
    try:
        sample: Sample = field.clean(code)
    except ValidationError as error:
        raise Refusal(error.messages[0]) from error
    recount = recount_of(request, sample)
    if not text.strip():
        return Share(sample, None, recount=recount)
    unit = Unit(sample.unit)
    try:
        amount = parse_amount(text, storage_unit(unit), typed_in=TYPED_IN[unit])
    except QuantityError as error:
        raise Refusal(f"{sample.code}: {error}") from error
    return Share(sample, amount.value, amount.as_written, recount)


def _pool_page(
    request: LabRequest, form: PoolForm, *, status: int = 200, offer: dict[str, str] | None = None
) -> HttpResponse:
    context = {
        "offer": offer,
        "agreed": request.POST.getlist("recount"),
        "form": form,
        "title": "Pool samples",
        "about": "Makes one new fraction that descends from all of them.",
        "button": "Pool",
    }
    return render(request, "samples/sample_making.html", context, status=status)
