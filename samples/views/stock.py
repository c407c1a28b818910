"""Stock: the list of bottles, a bottle's page, receiving one, correcting its label."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from labbook.http import LabRequest, find, lab_view
from labbook.journal import Journal, journal_of
from labbook.quantities import Moment
from labbook.queries.drafts import draft_data
from labbook.roles import may
from samples.forms.bottles import BottleEditForm, BottleForm, StockAmount, label_of
from samples.kinds import Precision, SampleKind, Unit
from samples.models import Sample
from samples.queries import stock
from samples.services.names import request_labels
from samples.services.stock import receive_bottle
from samples.views.editing import edited_sample
from samples.views.keeping import answer_form

STATE_CHIPS = (("", "All"), ("in use", "In use"), ("due", "Expiring"), ("expired", "Expired"), ("empty", "Empty"),
               ("discarded", "Discarded"))  # fmt: skip


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def stock_list(request: LabRequest) -> HttpResponse:
    today = timezone.localdate()
    state, text = request.GET.get("state", ""), request.GET.get("q", "")[:120]
    found = stock.bottles_named(stock.bottles_of(request.lab, seen_by=request.user), text)
    start = start_of(request)
    bottles = list(stock.bottles_in_state(found, state, on=today)[start : start + stock.PAGE_SIZE + 1])
    context = {
        "bottles": [(bottle, stock.bottle_state(bottle, on=today)) for bottle in bottles[: stock.PAGE_SIZE]],
        "chips": [chip(request, word, label, state) for word, label in STATE_CHIPS],
        "text": text,
        "state": state,
        "shown": f"{start + 1}–{start + min(len(bottles), stock.PAGE_SIZE)}",
        "previous": address_from(request, max(start - stock.PAGE_SIZE, 0)) if start else "",
        "next": address_from(request, start + stock.PAGE_SIZE) if len(bottles) > stock.PAGE_SIZE else "",
        "may_manage": may(request.membership.role, "manage"),
    }
    return render(request, "samples/stock_list.html", context)


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def bottle_detail(request: LabRequest, code: str) -> HttpResponse:
    bottle = find_bottle(request, code)
    entries = stock.ledger_of(bottle)
    context = {
        "sample": bottle,
        "bottle": bottle.bottle,
        "state": stock.bottle_state(bottle, on=timezone.localdate()),
        "entries": entries,
        "curve": stock.remaining_curve(entries),
        "uses": stock.uses_of(bottle, seen_by=request.user),
        "may_record": may(request.membership.role, "record"),
        "may_manage": may(request.membership.role, "manage"),
    }
    return render(request, "samples/bottle_detail.html", context)


@lab_view("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def bottle_new(request: LabRequest) -> HttpResponse:
    like = request.GET.get("like", "")
    twin = find_bottle(request, like) if like else None
    initial = label_of(twin) if twin else {}
    form = BottleForm(request.POST or draft_data(request) or None, initial=initial, lab=request.lab, user=request.user)

    def page(status: int) -> HttpResponse:
        return render(request, "samples/bottle_new.html", {"form": form, "twin": twin}, status=status)

    def save() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            bottle = receive(journal, form, request.membership.initials)
        messages.success(request, f"{bottle.code} is received; its label waits.")
        return redirect("bottle_detail", bottle.code)

    return answer_form(request, form, page, save)


def receive(journal: Journal, form: BottleForm, initials: str) -> Sample:
    """Write the bottle of a valid form and put its label into the queue."""
    data = form.cleaned_data
    given: StockAmount | None = data["amount"]
    moment: Moment = data["at"] or Moment(journal.at, "minute")
    facts: dict[str, Any] = form.facts()
    bottle = receive_bottle(
        journal,
        code=data["code"].strip() or None,
        amount=given.quantity.value if given else None,
        unit=given.unit if given else Unit.UL,
        as_written=given.quantity.as_written if given else "",
        at=moment.at,
        precision=Precision(moment.precision),
        place=data["place"],
        operator=initials,
        note=data["note"],
        **facts,
    )
    request_labels(journal, samples=[bottle])
    return bottle


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def bottle_edit(request: LabRequest, code: str) -> HttpResponse:
    bottle = find_bottle(request, code)
    form = BottleEditForm(request.POST or draft_data(request) or None, sample=bottle, user=request.user)
    return edited_sample(request, bottle, form, "samples/bottle_edit.html")


def find_bottle(request: LabRequest, code: str) -> Sample:
    """Return a bottle of this lab that the person may see, else answer 404."""
    bottles = Sample.objects.select_related("bottle", "place", "origin")
    return find(request, bottles.filter(kind=SampleKind.BOTTLE), code=code)


def chip(request: LabRequest, word: str, label: str, state: str) -> dict[str, object]:
    """Return one state as a facet that keeps the words searched for."""
    wanted = request.GET.copy()
    wanted.pop("from", None)
    wanted["state"] = word
    return {"text": label, "address": f"?{wanted.urlencode()}", "is_on": word == state}


def start_of(request: LabRequest) -> int:
    """Return the row a page starts at; nonsense means the first."""
    text = request.GET.get("from", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def address_from(request: LabRequest, start: int) -> str:
    """Return the address of the page that starts at a row."""
    wanted = request.GET.copy()
    wanted["from"] = str(start)
    return f"?{wanted.urlencode()}"
