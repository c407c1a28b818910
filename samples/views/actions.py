"""What people do with one sample: use, treat, recount, discard, move, rename, split, dilute, pour back, unload."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.journal import Journal, journal_of
from labbook.quantities import Moment, QuantityError, parse_amount, storage_unit
from labbook.queries.drafts import draft_data
from samples.forms import actions as forms
from samples.kinds import Precision, ProcessKind, SampleKind, Unit
from samples.models import Sample
from samples.services.moves import move_samples
from samples.services.names import give_alias, request_labels
from samples.services.pieces import consume, count_sample, discard_sample, keep_after_all, pour_back
from samples.services.pooling import Share, dilute, split
from samples.services.sizes import assign_size
from samples.services.specimens import Ingredient, unload_cell
from samples.services.treatments import treat


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing being done to a sample: what was filled in, by whom, and with which recount."""

    journal: Journal
    sample: Sample
    data: dict[str, Any]
    initials: str
    recount: Decimal | None = None

    @property
    def moment(self) -> Moment:
        """Return when it was done; now when nothing was typed."""
        given: Moment | None = self.data.get("at")
        return given or Moment(self.journal.at, "minute")


def _use(doing: Doing) -> str:
    amount = doing.data["amount"]
    consume(
        doing.journal,
        sample=doing.sample,
        amount=amount.value if amount else None,
        as_written=amount.as_written if amount else "",
        at=doing.moment.at,
        precision=Precision(doing.moment.precision),
        operator=doing.initials,
        purpose=doing.data["purpose"],
        recount=doing.recount,
    )
    return "The use is recorded."


def _treat(doing: Doing) -> str:
    after = doing.data["amount_after"]
    facts = {name: doing.data[name] for name in ("phase_kept", "phase_discarded", "look", "note")}
    treat(
        doing.journal, sample=doing.sample, kind=ProcessKind(doing.data["kind"]), at=doing.moment.at,
        precision=Precision(doing.moment.precision), operator=doing.initials,
        amount_after=after.value if after else None, **facts,
    )  # fmt: skip
    return "The treatment is recorded."


def _recount(doing: Doing) -> str:
    count_sample(
        doing.journal, sample=doing.sample, counted=doing.data["counted"].value, at=doing.journal.at,
        by=doing.initials, reason=doing.data["reason"],
    )  # fmt: skip
    return "The book now says what was counted."


def _discard(doing: Doing) -> str:
    discard_sample(
        doing.journal, sample=doing.sample, at=doing.moment.at, by=doing.initials, reason=doing.data["reason"]
    )
    return f"{doing.sample.code} is discarded."


def _keep(doing: Doing) -> str:
    keep_after_all(
        doing.journal,
        sample=doing.sample,
        at=doing.journal.at,
        by=doing.initials,
        reason=doing.data["reason"] or "discarded by mistake",
    )
    return f"{doing.sample.code} is in use again."


def _move(doing: Doing) -> str:
    place = doing.data["place"]
    move_samples(doing.journal, samples=[doing.sample], place=place, at=doing.moment.at, by=doing.initials)
    return f"{doing.sample.code} came to {place}."


def _alias(doing: Doing) -> str:
    give_alias(doing.journal, sample=doing.sample, text=doing.data["text"])
    return f"{doing.sample.code} is found as {doing.data['text']} too."


def _size(doing: Doing) -> str:
    size = doing.data["edge_length_nm"]
    assign_size(
        doing.journal, sample=doing.sample, edge_length_nm=size.value, at=doing.journal.at, by=doing.initials,
        as_written=size.as_written,
    )  # fmt: skip
    return "The size class is assigned."


def _pour_back(doing: Doing) -> str:
    vial = doing.data["vial"]
    pour_back(
        doing.journal, cuvette=doing.sample, vial=vial, amount=doing.data["amount"].value, at=doing.journal.at,
        by=doing.initials, reason=doing.data["reason"],
    )  # fmt: skip
    return f"Poured back into {vial.code}."


def _split(doing: Doing) -> str:
    amount = doing.data["amount"]
    part = amount.value if amount else None
    made = split(
        doing.journal, source=doing.sample, parts=[part] * doing.data["count"], at=doing.moment.at,
        precision=Precision(doing.moment.precision), operator=doing.initials, recount=doing.recount,
    )  # fmt: skip
    request_labels(doing.journal, samples=made)
    return f"Made {', '.join(one.code for one in made)}; their labels wait."


def _dilute(doing: Doing) -> str:
    amount, solvent_amount = doing.data["amount"], doing.data["solvent_amount"]
    solvent = Ingredient(
        description=doing.data["solvent_name"] or "solvent",
        unit=Unit.UL,
        sample=doing.data["solvent"],
        amount=solvent_amount.value if solvent_amount else None,
        as_written=solvent_amount.as_written if solvent_amount else "",
        is_solvent=True,
    )
    share = Share(doing.sample, amount.value if amount else None, amount.as_written if amount else "", doing.recount)
    made = dilute(
        doing.journal, share=share, solvent=solvent, at=doing.moment.at, operator=doing.initials,
        precision=Precision(doing.moment.precision),
    )  # fmt: skip
    request_labels(doing.journal, samples=[made])
    return f"Made {made.code}; its label waits."


def _unload(doing: Doing) -> str:
    unload_cell(doing.journal, load=doing.sample, at=doing.moment.at)
    return "The cell is free again."


@dataclass(frozen=True, slots=True)
class Action:
    """One thing people do with a sample: its words, its form, and what it does."""

    title: str
    button: str
    form: type[forms.SampleForm]
    do: Callable[[Doing], str]
    kinds: tuple[str, ...] = tuple(SampleKind.values)
    # The URL name of what takes it back by one tap.
    undo: str = ""


ACTIONS = {
    "use": Action("Use some of it", "Record the use", forms.UseForm, _use),
    "treat": Action("Treat it in place", "Record the treatment", forms.TreatForm, _treat),
    "recount": Action("Recount", "Save the count", forms.RecountForm, _recount),
    "discard": Action("Discard", "Discard", forms.DiscardForm, _discard, undo="sample_keep"),
    "keep": Action("Keep after all", "Keep", forms.KeepForm, _keep),
    "move": Action("Move", "Move", forms.MoveForm, _move),
    "alias": Action("Give it another name", "Add the name", forms.AliasForm, _alias),
    "size": Action("Assign a size class", "Assign", forms.SizeForm, _size),
    "pour-back": Action("Pour back", "Pour back", forms.PourBackForm, _pour_back, (SampleKind.CUVETTE,)),
    "split": Action("Split", "Split", forms.SplitForm, _split),
    "dilute": Action("Dilute", "Dilute", forms.DiluteForm, _dilute),
    "unload": Action("Unload the cell", "Unload", forms.UnloadForm, _unload, (SampleKind.LOAD,)),
}


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def sample_action(request: LabRequest, code: str, action: str) -> HttpResponse:
    chosen = ACTIONS[action]
    sample = find(request, Sample.objects.filter(kind__in=chosen.kinds), code=code)
    form = chosen.form(
        request.POST if request.method == "POST" else draft_data(request), sample=sample, user=request.user
    )
    if request.method != "POST":
        return _page(request, chosen, sample, form)
    return answer_once(request, lambda: _done(request, chosen, sample, form))


def _done(request: LabRequest, action: Action, sample: Sample, form: forms.SampleForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, action, sample, form, status=422)
    try:
        with journal_of(request.lab, by=request.user) as journal:
            recount = recount_of(request, sample)
            said = action.do(Doing(journal, sample, form.cleaned_data, request.membership.initials, recount))
    except Refusal as refusal:
        attach_refusal(form, refusal)
        return _page(request, action, sample, form, status=422, offer=refusal.offer)
    undo = f"undo:{reverse(action.undo, args=[sample.code])}" if action.undo else ""
    messages.success(request, said, extra_tags=undo)
    return redirect(reverse("sample_detail", args=[sample.code]))


def recount_of(request: LabRequest, sample: Sample) -> Decimal | None:
    """Return the recount of a sample that a person agreed to with one tap, in its unit, or nothing."""
    for text in request.POST.getlist("recount"):
        if not text.startswith(f"{sample.code} "):
            continue
        try:
            return parse_amount(text.removeprefix(f"{sample.code} "), storage_unit(sample.unit)).value
        except QuantityError as error:
            raise Refusal(str(error), field="amount") from error
    return None


def _page(
    request: LabRequest,
    action: Action,
    sample: Sample,
    form: forms.SampleForm,
    *,
    status: int = 200,
    offer: dict[str, str] | None = None,
) -> HttpResponse:
    context = {"action": action, "sample": sample, "form": form, "offer": offer, "agreed": []}
    return render(request, "samples/sample_action.html", context, status=status)
