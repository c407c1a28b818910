"""The page of one sample."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from labbook.http import LabRequest, answer_once, find, lab_view
from labbook.journal import journal_of
from labbook.marks.strips import Strip
from labbook.models import Lab
from labbook.quantities import Moment, show_moment
from labbook.roles import may
from labbook.templatetags.labbook_marks import amount, place, value
from samples.kinds import SPECIMEN_KINDS, SampleKind
from samples.lineage.strip import address, ancestry_in, sample_address, strip_of_ancestry
from samples.models import Sample
from samples.queries.sample_page import SamplePage, page_of_sample, samples_with_details
from samples.services.names import request_labels
from samples.views.tag_drawing import tag_drawing

UNSTATED = SafeString('<span class="unstated">not recorded</span>')


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the few numbers a page is about."""

    label: str
    shown: str
    note: str = ""
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """Something that can be done with this sample."""

    label: str
    icon: str
    address: str


# Label, icon, URL name; what cannot be done with this sample is left out below.
DOORS = (
    ("Use", "drop", "sample_use"),
    ("Move", "fridge", "sample_move"),
    ("Recount", "pencil", "sample_recount"),
    ("Treat in place", "spin", "sample_treat"),
    ("Split", "vial", "sample_split"),
    ("Dilute", "drop", "sample_dilute"),
    ("Pour back", "back", "sample_pour_back"),
    ("Unload the cell", "out", "sample_unload"),
    ("Assign a size class", "pencil", "sample_size"),
    ("Give it another name", "tag", "sample_alias"),
    ("Edit", "pencil", "sample_edit"),
    ("Discard", "minus", "sample_discard"),
    ("Keep after all", "back", "sample_keep"),
)
LIQUID_ONLY = {"sample_treat", "sample_split", "sample_dilute"}


@lab_view("read")
def sample_detail(request: LabRequest, code: str) -> HttpResponse:
    """Show a sample: where it came from, what is left, where it is and what was done with it."""
    sample = find(request, samples_with_details(request.user), code=code)
    own_page = sample_address(sample)
    if own_page != request.get_full_path().partition("?")[0] and own_page != address("sample_detail", sample.code):
        return redirect(own_page)
    page = page_of_sample(sample, request.user)
    strip = strip_of_ancestry(ancestry_in(page.closure, sample))
    may_record = may(request.membership.role, "record")
    doors = doors_of(sample) if may_record else []
    return render(
        request,
        "samples/sample_detail.html",
        {
            "sample": sample,
            "page": page,
            "strip": strip,
            "crumbs": crumbs_of(strip),
            "facts": facts_of(page, strip, request.lab),
            "tabs": tabs_of(page),
            "doors": doors[:2],
            "more_doors": doors[2:],
            "specimen_address": specimen_address(sample) if may_record else "",
            "may_record": may_record,
            "qr": tag_drawing(request, sample.tag),
            "record": sample,
            "record_type": "sample",
        },
    )


@lab_view("record")
@require_POST
def sample_label(request: LabRequest, code: str) -> HttpResponse:
    """Put a sample into the label queue."""
    sample = find(request, Sample.objects, code=code)

    def write() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            added = request_labels(journal, samples=[sample])
        messages.success(request, "The label waits to be printed." if added else "Its label waits already.")
        return redirect(reverse("sample_detail", args=[sample.code]))

    return answer_once(request, write)


def facts_of(page: SamplePage, strip: Strip, lab: Lab) -> list[Fact]:
    """Return the few numbers a sample's page is about."""
    return [size_fact(page), place_fact(page, lab), left_fact(page), source_fact(strip), age_fact(page, lab)]


def size_fact(page: SamplePage) -> Fact:
    """Return the size in force and where it came from."""
    size = page.size
    if size is None:
        return Fact("Size", UNSTATED)
    label = "Size" if size.sample_id == page.sample.pk else "Size, from the fraction"
    count = f", n = {size.particle_count}" if size.particle_count else ""
    shown = value(size.edge_length_nm, "nm", error=size.edge_length_std_nm)
    return Fact(label, shown, f"{size.get_origin_display()}{count}")


def place_fact(page: SamplePage, lab: Lab) -> Fact:
    """Return where the sample is and since when."""
    where = page.sample.place
    if where is None:
        return Fact("Place", UNSTATED)
    since = page.since
    note = f"since {said(since.moved_at, 'minute', lab)}" if since else ""
    return Fact("Place", place(where.title, where.kind, where.nominal_temperature_c), note)


def left_fact(page: SamplePage) -> Fact:
    """Return what the book says is left, and of how much."""
    sample = page.sample
    made = format_html("of {}", amount(sample.made_amount, sample.unit)) if sample.made_amount is not None else ""
    if page.dispensed_into:
        vials = "1 vial" if page.dispensed_into == 1 else f"{page.dispensed_into} vials"
        return Fact("Left", f"in {vials}", made)
    return Fact("Left", amount(sample.balance, sample.unit), made)


def source_fact(strip: Strip) -> Fact:
    """Return what the sample was made from, one step back."""
    before = strip.trunk.stops[-2:-1] or tuple(lane.stops[-1] for lane in strip.lanes)
    if not before:
        return Fact("Made from", UNSTATED)
    links = [
        format_html('<a class="code" href="{}">{}</a>', stop.url, stop.code) if stop.url else stop.code
        for stop in before
    ]
    return Fact("Made from", format_html_join(", ", "{}", ((one,) for one in links)))


def age_fact(page: SamplePage, lab: Lab) -> Fact:
    """Return how long ago the sample was made, in whole days."""
    sample = page.sample
    end = sample.ended_at or timezone.now()
    days = max((end - sample.made_at).days, 0)
    note = f"made {said(sample.made_at, sample.made_at_precision, lab)}"
    return Fact("Age", value(days, "d"), f"{note} by {sample.made_by}" if sample.made_by else note)


def said(at: datetime, precision: str, lab: Lab) -> str:
    """Return a moment as the lab's clock shows it."""
    return show_moment(Moment(at, "day" if precision == "day" else "minute"), lab.zone)


def crumbs_of(strip: Strip) -> list[tuple[str, str]]:
    """Return the way from the first lane's bottle to here."""
    first = strip.lanes[0].stops if strip.lanes else ()
    stops = [*first, *strip.trunk.stops]
    return [(stop.code, "" if stop.is_here else stop.url) for stop in stops]


def tabs_of(page: SamplePage) -> list[tuple[str, str, object, bool]]:
    """Return the parts of a sample's page."""
    sample = page.sample
    here = reverse("sample_detail", args=[sample.code])
    history = reverse("record_history", args=["sample", sample.pk])
    return [
        ("Overview", here, "", True),
        ("Measurements", f"{here}#measurements", "", False),
        ("Storage", f"{here}#storage", len(page.moves), False),
        ("Lineage", reverse("lineage", args=[sample.code]), "", False),
        ("History", history, sample.version, False),
    ]


def doors_of(sample: Sample) -> list[Door]:
    """Return what a member may do with this sample now."""
    left_out = {"sample_keep"} if sample.status != "discarded" else {one for _, _, one in DOORS} - {"sample_keep"}
    if sample.kind in SPECIMEN_KINDS:
        left_out |= LIQUID_ONLY
    if sample.kind != SampleKind.CUVETTE:
        left_out |= {"sample_pour_back"}
    if sample.kind != SampleKind.LOAD:
        left_out |= {"sample_unload"}
    doors = [Door(label, icon, address(name, sample.code)) for label, icon, name in DOORS if name not in left_out]
    return [door for door in doors if door.address]


def specimen_address(sample: Sample) -> str:
    """Return the way to new specimens from this sample, when there is something to make them of."""
    can = sample.kind in (SampleKind.VIAL, SampleKind.FRACTION) and sample.status == "in use"
    return f"{reverse('specimen_new')}?from={sample.code}" if can else ""
