"""The samples list: facets, the page of rows, and what can be done with a selection."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from labbook.context import address_of
from labbook.http import LabRequest, answer_once, chosen_codes, lab_view
from labbook.journal import journal_of
from labbook.models import Membership
from labbook.roles import may
from labbook.search.find import page_of
from labbook.search.keys import Query
from samples.forms.facets import FacetForm
from samples.models import Place, Sample
from samples.queries.sample_lines import sample_lines
from samples.queries.samples import found_samples, search
from samples.services.names import request_labels
from samples.views.chips import chips_of

MOST_SELECTED = 500


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def sample_list(request: LabRequest) -> HttpResponse:
    """Show a page of samples, newest first, narrowed by the box and the facets in the address."""
    asked = search(lists_of(request.GET), request.lab, request.user)
    page = page_of(found_samples(asked), before=cursor_of(request.GET))
    form = FacetForm(
        request.GET,
        places=Place.objects.visible_to(request.user).filter(lab=request.lab).order_by("title"),
        people=Membership.objects.filter(lab=request.lab).order_by("initials").values_list("initials", flat=True),
        projects=asked.projects.seen,
    )
    return render(
        request,
        "samples/sample_list.html",
        {
            "form": form,
            "lines": sample_lines(page.rows),
            "page": page,
            "chips": chips_of(request, asked.query, asked.facets),
            "problems": asked.query.problems,
            "notices": asked.query.notices,
            "heading_words": heading_of(asked.query),
            "next_address": page_address(request.GET, page.before),
            "newest_address": page_address(request.GET, None) if cursor_of(request.GET) else "",
            "may_record": may(request.membership.role, "record"),
            "specimen_address": address_of("specimen_new"),
            # A page of an upper floor: it is offered where it is there.
            "overlay_address": address_of("overlay"),
        },
    )


@require_http_methods(["POST"])
@lab_view("record")
def sample_selection(request: LabRequest) -> HttpResponse:
    """Put the chosen samples into the label queue, or go on to move, pool, overlay or make specimens from them."""
    codes = chosen_codes(request, most=MOST_SELECTED)
    back = f"{reverse('sample_list')}?{request.POST.get('query', '')}"
    if not codes:
        messages.warning(request, "Nothing was selected.")
        return redirect(back)
    overlay = address_of("overlay")
    if overlay and request.POST.get("do") == "overlay":
        return redirect(f"{overlay}?{urlencode([('s', code) for code in codes])}")
    onward = {"specimens": "specimen_new", "move": "samples_move", "pool": "samples_pool"}.get(
        request.POST.get("do", "")
    )
    if onward:
        return redirect(f"{reverse(onward)}?{urlencode([('from', code) for code in codes])}")

    def write() -> HttpResponse:
        chosen = Sample.objects.visible_to(request.user).filter(lab=request.lab, code__in=codes)
        with journal_of(request.lab, by=request.user) as journal:
            added = request_labels(journal, samples=chosen)
        plural = "label waits" if added == 1 else "labels wait"
        messages.success(request, f"{added} {plural} to be printed." if added else "Their labels wait already.")
        return redirect(back)

    return answer_once(request, write)


def lists_of(params: QueryDict) -> dict[str, list[str]]:
    """Return an address's parameters as lists."""
    return {name: params.getlist(name) for name in params}


def cursor_of(params: QueryDict) -> int | None:
    """Return the key that the page's rows are older than; nonsense means the newest page."""
    text = params.get("before") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def page_address(params: QueryDict, before: int | None) -> str:
    """Return the address of another page of the same list, or nothing where there is none."""
    wanted = params.copy()
    wanted.pop("before", None)
    if before is not None:
        wanted["before"] = str(before)
    elif not params.get("before"):
        return ""
    return f"?{wanted.urlencode()}"


def heading_of(query: Query) -> str:
    """Return what the list holds, in words."""
    return "Of the kinds chosen below" if query.of("kind") else "Fractions, vials and specimens"
