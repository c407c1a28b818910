"""Small marks that every template may use: icons, states, numbers with units, times, places and notes."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.contrib.messages.storage.base import Message
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.html import format_html
from django.utils.safestring import SafeString

from labbook.marks.deviations import Deviation, deviation_of
from labbook.marks.formulas import subscripted
from labbook.marks.notes import render_markdown
from labbook.marks.states import STATES, place_class
from labbook.marks.strips import Strip, strip_of
from labbook.quantities.amounts import show_amount
from labbook.quantities.show import NARROW_SPACE, show, show_range
from labbook.styles import joined

register = template.Library()

NOT_RECORDED = SafeString('<span class="unstated">not recorded</span>')
Number = Decimal | float | int


@register.simple_tag
def style_sheet() -> str:
    """Return the address of the joined style sheets."""
    return reverse("style_sheet", args=[joined().name])


@register.filter
def formula(text: object) -> str:
    """Return a label with the digits of known formulas as subscripts: PbI₂."""
    return subscripted(str(text))


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return one icon of the sprite; it is decoration, the word beside it carries the meaning."""
    sprite = static("labbook/icons.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.simple_tag
def status(word: str, label: str = "") -> SafeString:
    """Return a state as icon, word and color; `label` says it in other words."""
    drawn, color = STATES.get(str(word), ("dot", ""))
    return format_html('<span class="status {}">{}{}</span>', color, icon(drawn), label or word)


@register.simple_tag
def amount(number: Decimal | None, unit: str, *, error: Decimal | None = None) -> SafeString:
    """Return a ledger amount in the unit people read, such as 0.70 ml; an unknown one says so."""
    if number is None:
        return NOT_RECORDED
    if unit == "piece":
        pieces = show(number)
        return format_html('<span class="value">{}<span class="unit">{}</span></span>', pieces, plural(pieces))
    return parted(show_amount(number, unit, error))


def plural(pieces: str) -> str:
    """Return "piece" or "pieces"."""
    return "piece" if pieces == "1" else "pieces"


@register.simple_tag
def value(  # the parts of a quantity
    number: Number | None,
    unit: str = "",
    *,
    error: Number | None = None,
    high: Number | None = None,
    decimals: int | None = None,
    formula: str = "",
) -> SafeString:
    """Return value ± error and unit; with `high` a range; with `formula` a derived value that explains itself."""
    if number is None:
        return NOT_RECORDED
    first = exact(number)
    if high is not None:
        text = show_range(first, exact(high), unit, decimals)
    else:
        text = show(first, unit, None if error is None else exact(error), decimals)
    return derived(parted(text), formula) if formula else parted(text)


def exact(number: Number) -> Decimal:
    """Return a number as a decimal with the digits people see."""
    return number if isinstance(number, Decimal) else Decimal(str(number))


def parted(text: str) -> SafeString:
    """Mark up "9.0 ± 0.9 nm" as shown by labbook.quantities: strong value, quiet error, small unit."""
    number, _, unit = text.rpartition(NARROW_SPACE)
    # The same narrow space groups digits; what follows the last one is a unit unless it is a digit.
    if not number or unit[:1].isdigit():
        number, unit = text, ""
    first, sign, error = number.partition(" ± ")
    spread = format_html(' <span class="error-of">± {}</span>', error) if sign else ""
    small = format_html('<span class="unit">{}</span>', unit) if unit else ""
    return format_html('<span class="value">{}{}{}</span>', first, spread, small)


@register.simple_tag
def derived(shown: str, formula: str = "") -> SafeString:
    """Return a computed value, leaning and with its ƒ; the formula opens on a tap."""
    if not formula:
        return format_html('<span class="derived">{}</span>', shown)
    marked = '<details class="formula"><summary><span class="derived">{}</span></summary><span>{}</span></details>'
    return format_html(marked, shown, formula)


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | None, precision: str = "minute") -> SafeString:
    """Return a moment such as 12 Mar 2026 14:05 in the lab's time zone; one known to the day has no time."""
    if at is None:
        return NOT_RECORDED
    local = at.astimezone(zone_of(context))
    form = {"day": "j M Y", "second": "j M Y H:i:s"}.get(str(precision), "j M Y H:i")
    machine = local.date().isoformat() if precision == "day" else local.isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', machine, written(local, form))


@register.simple_tag(takes_context=True)
def clock(context: Context, at: datetime | None, precision: str = "minute") -> SafeString:
    """Return only the time of day, in the lab's time zone; a moment known to the day has none."""
    if at is None or precision == "day":
        return SafeString("")
    local = at.astimezone(zone_of(context))
    shown = written(local, "H:i:s" if precision == "second" else "H:i")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), shown)


@register.simple_tag
def day(on: date | None) -> SafeString:
    """Return a date such as 12 Mar 2026."""
    if on is None:
        return NOT_RECORDED
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), written(on, "j M Y"))


def zone_of(context: Context) -> tzinfo:
    """Return the time zone in which the page's lab reads its clocks."""
    lab = context.get("lab")
    return ZoneInfo(lab.time_zone) if lab else timezone.get_current_timezone()


@register.inclusion_tag("labbook/components/deviation.html")
def deviation(
    actual: Number | None,
    low: Number | None,
    high: Number | None = None,
    unit: str = "",
    *,
    notable: Number | None = None,
    track: bool = True,
) -> dict[str, Any]:
    """Draw how far an actual value lies from its plan (low to high); amber from a difference of `notable` on."""
    if actual is None or low is None:
        return {"deviation": None}
    plan = (exact(low), exact(low if high is None else high))
    drawn: Deviation = deviation_of(exact(actual), plan, unit, None if notable is None else exact(notable))
    return {"deviation": drawn, "track": track}


@register.simple_tag
def place(title: str, kind: str = "", temperature_c: Number | None = None) -> SafeString:
    """Return where something is, with the mark of its temperature: fridge, freezer, bench, or an open one."""
    marked = place_class(kind, temperature_c)
    if temperature_c is None:
        return format_html('<span class="place {}">{}</span>', marked, title)
    degrees = show(exact(temperature_c), "°C")
    return format_html('<span class="place {}">{} <span class="micro mute">{}</span></span>', marked, title, degrees)


@register.inclusion_tag("labbook/components/strip.html")
def strip(lanes: Iterable[Iterable[dict[str, Any]]], trunk: Iterable[dict[str, Any]]) -> dict[str, Strip]:
    """Draw the ancestry strip: lanes that join, and the trunk after the join."""
    return {"strip": strip_of(lanes, trunk)}


@register.simple_tag
def markdown(text: str | None) -> SafeString:
    """Return a note written in Markdown as sanitized HTML."""
    return format_html('<div class="prose">{}</div>', render_markdown(text)) if text else SafeString("")


@register.filter
def undo_address(message: Message) -> str:
    """Return the address behind a toast's Undo button: the extra tag "undo:/address"."""
    for tag in (message.extra_tags or "").split():
        if tag.startswith("undo:/") and not tag.startswith("undo://"):
            return tag.removeprefix("undo:")
    return ""


@register.filter
def last_part(path: str) -> str:
    """Return the last part of an address, which is where a code stands."""
    return path.rstrip("/").rpartition("/")[2]
