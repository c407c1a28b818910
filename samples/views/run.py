"""Run mode: one card at a time, and every tap a small write."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, find, lab_view
from labbook.journal import Journal, journal_of
from labbook.quantities import QuantityError, parse_amount, parse_quantity, show_number
from samples.models import Process, ProcessInput, Synthesis, SynthesisStatus
from samples.queries.run_cards import Card, cards_of, crude_dials, injections_to_run, said_plan
from samples.services.crude import look_at_crude
from samples.services.device_time import tap_moment
from samples.services.steps import finish_step, take_as_planned, write_step_note
from samples.services.syntheses import (
    crude_of,
    dial_input,
    end_synthesis,
    injection_of,
    missing_to_finish,
    set_crude_volume,
    settle_input,
    stamp,
    start_synthesis,
    undo_stamp,
)
from samples.services.values import record_value
from samples.value_keys import VALUE_KEYS


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def run_mode(request: LabRequest, code: str) -> HttpResponse:
    process = find(request, injections_to_run(request.user), synthesis__code=code)
    synthesis = process.synthesis
    cards = cards_of(synthesis, process) if synthesis else []
    if synthesis is None or not cards:
        messages.warning(request, f"{code} has no recipe, so there are no steps to run through.")
        return redirect("synthesis_detail", code)
    card = card_asked(request, cards)
    if card is cards[-1]:
        card.dials += crude_dials(synthesis, crude_of(synthesis), [step for one in cards for step in one.steps])
    if request.method == "POST":
        # What a tap writes is read again, without what the cards were made of.
        fresh = injection_of(synthesis)
        return answer_once(request, lambda: act(request, synthesis, fresh, cards, card))
    return run_page(request, synthesis, process, cards, card)


def run_page(
    request: LabRequest, synthesis: Synthesis, process: Process, cards: list[Card], card: Card, refusal: str = ""
) -> HttpResponse:
    """Show a card; a refused tap is said on it."""
    following = cards[card.number] if card.number < len(cards) else None
    is_injected = synthesis.injected_at is not None
    context = {
        "synthesis": synthesis,
        "cards": cards,
        "card": card,
        "following": following,
        "previous": card.number - 1 if card.number > 1 else None,
        "open_lines": [line for line in process.inputs.all() if is_injected and line.used_at is None and line.sample],
        "refusal": refusal,
        "is_running": synthesis.status == SynthesisStatus.RUNNING,
        "saved_at": request.session.get(saved_key(synthesis)),
        "missing": missing_to_finish(synthesis, process) if following is None else {},
    }
    return render(request, "samples/run_mode.html", context, status=422 if refusal else 200)


def act(request: LabRequest, synthesis: Synthesis, process: Process, cards: list[Card], card: Card) -> HttpResponse:
    """Do what a tap says, and go to the card that follows from it."""
    action, _, what = request.POST.get("do", "").partition(":")
    tap = TAPS.get(action)
    if tap is None:
        return run_page(request, synthesis, process, cards, card, "This button is not known here.")
    try:
        with journal_of(request.lab, by=request.user) as journal:
            there = tap(journal, Tap(request, synthesis, process, card, what))
    except (Refusal, QuantityError) as refused:
        synthesis.refresh_from_db()
        return run_page(request, synthesis, process, cards, card, str(refused))
    request.session[saved_key(synthesis)] = timezone.localtime().strftime("%H:%M:%S")
    if there:
        return redirect(there)
    number = card.number + 1 if action == "done" and card.number < len(cards) else card.number
    return redirect(f"{reverse('run_mode', args=[synthesis.code])}?step={number}")


@dataclass(frozen=True, slots=True)
class Tap:
    """One tap: on which card of which synthesis, and what the button said after its verb."""

    request: LabRequest
    synthesis: Synthesis
    process: Process
    card: Card
    what: str


def tap_start(journal: Journal, tap: Tap) -> str:
    start_synthesis(journal, synthesis=tap.synthesis)
    return ""


def tap_stamp(journal: Journal, tap: Tap) -> str:
    """Stamp a moment at the time of the tap; between two taps the device's own clock counts."""
    key = f"clock-of-{tap.synthesis.pk}"
    at, shift_s = tap_moment(
        tapped_ms=number_in(tap.request, "tapped_ms"), sent_ms=number_in(tap.request, "sent_ms"), now=journal.at
    )
    known_s = tap.request.session.get(key)
    if shift_s and known_s is not None and abs(shift_s - known_s) < 5:
        at = min(at + timedelta(seconds=known_s - shift_s), journal.at)
    elif shift_s:
        tap.request.session[key] = shift_s
    stamp(journal, synthesis=tap.synthesis, moment=tap.what, at=at)
    return ""


def tap_undo(journal: Journal, tap: Tap) -> str:
    undo_stamp(journal, synthesis=tap.synthesis, moment=tap.what)
    return ""


def tap_dial(journal: Journal, tap: Tap) -> str:
    """Set a dial to what its box says, or one tap lower or higher than that."""
    name, _, direction = tap.what.partition(":")
    dial = next((one for one in tap.card.dials if one.name == name), None)
    if dial is None:
        raise Refusal("This dial is not on this card.")
    if tap.request.POST.get("seen", dial.shown) != dial.shown:
        raise Refusal(f"{dial.label} was set to {dial.shown} {dial.unit} meanwhile. Set it again if you mean it.")
    text = tap.request.POST.get("number", "").strip() or dial.shown or dial.start
    if direction:
        step = Decimal(dial.step) * (1 if direction == "up" else -1)
        text = show_number(parse_quantity(text, dial.unit).value + step)
    if not text:
        raise Refusal(f"Give the {dial.label.lower()} a number.")
    if name.startswith("input-"):
        line = tap.process.inputs.select_related("sample").get(pk=int(name.removeprefix("input-")))
        dial_input(journal, line=line, used=parse_amount(text, "ul", typed_in="ml"))
    elif name == "crude_ml":
        set_crude_volume(journal, synthesis=tap.synthesis, volume=parse_amount(text, "ul", typed_in="ml"))
    elif name == "look":
        look_at_crude(journal, synthesis=tap.synthesis, look=text)
    else:
        actual = parse_quantity(text, VALUE_KEYS[name].unit)
        record_value(journal, process=tap.process, key=name, actual=actual)
    return ""


def tap_planned(journal: Journal, tap: Tap) -> str:
    """Take the plan as what was done; a planned range says no number, so it is asked for."""
    names = [dial.name for dial in tap.card.dials]
    ranges = tap.process.values.filter(key__in=names, actual=None, planned_low__lt=F("planned_high"))
    for value in ranges:
        row = VALUE_KEYS[value.key]
        raise Refusal(f"{row.label} is planned as {said_plan(value)}: say what it was.", field=value.key)
    for step in tap.card.steps:
        take_as_planned(journal, step=step)
    return ""


def tap_done(journal: Journal, tap: Tap) -> str:
    for step in tap.card.steps:
        finish_step(journal, step=step, at=journal.at)
    return ""


def tap_note(journal: Journal, tap: Tap) -> str:
    write_step_note(journal, step=tap.card.main, note=tap.request.POST.get("note", ""))
    return ""


def tap_settle(journal: Journal, tap: Tap) -> str:
    """Recount a batch that the book had too little of, and debit what was injected."""
    line = (
        ProcessInput.objects.select_related("sample", "process")
        .filter(process=tap.process, pk=number_of(tap.what))
        .first()
    )
    if line is None:
        raise Refusal("There is no such input here.")
    settle_input(journal, line=line, recount=line.amount or line.planned_amount)
    return ""


def tap_finish(journal: Journal, tap: Tap) -> str:
    """Finish the synthesis, or ask for what it still lacks."""
    for step in tap.card.steps:
        finish_step(journal, step=step, at=journal.at)
    if missing_to_finish(tap.synthesis, tap.process):
        return reverse("synthesis_end", args=[tap.synthesis.code])
    end_synthesis(journal, synthesis=tap.synthesis, outcome=SynthesisStatus.FINISHED)
    messages.success(tap.request, f"{tap.synthesis.code} is finished.")
    return reverse("synthesis_detail", args=[tap.synthesis.code])


TAPS = {
    "start": tap_start,
    "stamp": tap_stamp,
    "undo": tap_undo,
    "dial": tap_dial,
    "planned": tap_planned,
    "done": tap_done,
    "note": tap_note,
    "settle": tap_settle,
    "finish": tap_finish,
}


def card_asked(request: LabRequest, cards: list[Card]) -> Card:
    """Return the card that the address names, else the first that is not done."""
    number = number_of(request.GET.get("step", ""))
    if 1 <= number <= len(cards):
        return cards[number - 1]
    return next((card for card in cards if not card.is_done), cards[-1])


def number_of(text: str) -> int:
    """Return a small whole number, or 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def number_in(request: LabRequest, name: str) -> float | None:
    """Return a time that the device sent, in ms; nonsense is none."""
    try:
        number = float(request.POST.get(name, ""))
    except ValueError:
        return None
    return number if 0 < number < 1e14 else None


def saved_key(synthesis: Synthesis) -> str:
    """Return where the session keeps when this run was last saved."""
    return f"run-saved-{synthesis.pk}"
