"""The lineage of a sample: drawn, as a tree, as a table, as files; and the recall of what it went into."""

import csv
from collections.abc import Iterable
from decimal import Decimal

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from labbook.http import LabRequest, find, lab_view
from labbook.roles import may
from samples.kinds import SampleKind
from samples.lineage.closure import Closure
from samples.lineage.drawing import CARD_SIZE_PX, draw, nodes_of
from samples.lineage.words import RESTRICTED
from samples.models import ProcessInput, Sample
from samples.queries.lineage import ALL, DIRECTIONS, Asked, lineage_of, link_rows, recall_of, tree_of, used_amounts
from samples.services.ledger import plain_number

# More cards than this nobody reads as a picture: the table is shown first.
MOST_CARDS, MOST_DRAWN = 60, 150
VIEWS = ("graph", "tree", "table")
LISTED_AT_ONCE = 500
NO_LIMIT = 1_000_000
COLUMNS = (
    "parent", "parent_kind", "words", "amount", "unit", "planned", "process", "at", "by", "child", "child_kind",
)  # fmt: skip


@lab_view("read")
def lineage(request: LabRequest, code: str) -> HttpResponse:
    """Show where a sample came from and what it went into, as a drawing with its tree and table."""
    sample = find(request, Sample.objects.select_related("place"), code=code)
    asked = asked_of(request.GET)
    ancestry, is_cut = lineage_of(sample, request.user, asked)
    count = len(nodes_of(ancestry))
    wanted = request.GET.get("view", "")
    shown = wanted if wanted in VIEWS else "graph"
    drawing = draw(ancestry, used_amounts(ancestry.closure.samples), reverse("recall", args=[code])) if (
        count <= MOST_DRAWN and shown == "graph"
    ) else None  # fmt: skip
    if drawing is None or (not wanted and len(drawing.cards) > MOST_CARDS):
        shown, drawing = ("table" if shown == "graph" else shown), None
    context = {
        "sample": sample, "asked": asked, "shown": shown, "drawing": drawing, "card_size": CARD_SIZE_PX,
        "count": count, "is_cut": is_cut, "views": choices(request.GET, "view", VIEWS, shown),
        "directions": choices(request.GET, "direction", DIRECTIONS, asked.direction),
        "depths": choices(request.GET, "depth", ("1", "3", "all"), depth_word(asked)),
        "solvents_address": changed(request.GET, "solvents", "" if asked.with_solvents else "1"),
        "inputs": inputs_of(ancestry.closure, sample), "query": request.GET.urlencode(),
        "may_record": may(request.membership.role, "record"),
        "above": tree_of(ancestry, ancestry.here, down=False) if shown != "table" else [],
        "below": tree_of(ancestry, ancestry.here, down=True) if shown != "table" else [],
        "rows": link_rows(ancestry.closure, with_solvents=asked.with_solvents) if shown == "table" else [],
        "crumbs": [(sample.code, reverse("sample_detail", args=[code])), ("Lineage", "")],
    }  # fmt: skip
    return render(request, "samples/lineage.html", context)


@lab_view("read")
def lineage_svg(request: LabRequest, code: str) -> HttpResponse:
    """Give the drawing as a file."""
    sample = find(request, Sample.objects, code=code)
    ancestry, _ = lineage_of(sample, request.user, asked_of(request.GET))
    drawing = draw(ancestry, used_amounts(ancestry.closure.samples), reverse("recall", args=[code]))
    context = {"drawing": drawing, "sample": sample, "card_size": CARD_SIZE_PX}
    answer = render(request, "samples/lineage_svg.html", context, content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="{sample.code}-lineage.svg"'
    return answer


@lab_view("read")
def lineage_csv(request: LabRequest, code: str) -> HttpResponse:
    """Give the links as a table, one row per link."""
    sample = find(request, Sample.objects, code=code)
    asked = asked_of(request.GET)
    ancestry, _ = lineage_of(sample, request.user, asked)
    rows = link_rows(ancestry.closure, with_solvents=asked.with_solvents)
    cells = (
        (row.parent_code, row.parent_kind, row.words, row.amount, row.unit, row.planned, row.process, row.at, row.by,
         row.child_code, row.child_kind)
        for row in rows
    )  # fmt: skip
    return csv_file(f"{sample.code}-lineage.csv", COLUMNS, cells)


@lab_view("read")
def recall(request: LabRequest, code: str) -> HttpResponse:
    """Show everything a sample went into; with `lot=1` everything its whole lot went into."""
    sample = find(request, Sample.objects.select_related("bottle"), code=code)
    kind = kind_of(request.GET)
    bottles = bottles_of_lot(request, sample) if request.GET.get("lot") else [sample]
    found = recall_of([one.pk for one in bottles], request.user, kind=kind, most=LISTED_AT_ONCE)
    context = {
        "sample": sample, "found": found, "kind": kind, "bottles": bottles, "query": request.GET.urlencode(),
        "kinds": [
            (SampleKind(name).label, number, changed(request.GET, "kind", name), name == kind)
            for name, number in found.counts
        ],
        "all_address": changed(request.GET, "kind", ""), "may_record": may(request.membership.role, "record"),
        "lot_address": changed(request.GET, "lot", "1"),
        "crumbs": [(sample.code, reverse("sample_detail", args=[code])), ("What it went into", "")],
    }  # fmt: skip
    return render(request, "samples/recall.html", context)


@lab_view("read")
def recall_csv(request: LabRequest, code: str) -> HttpResponse:
    """Give everything a sample went into as a table, without a limit."""
    sample = find(request, Sample.objects.select_related("bottle"), code=code)
    bottles = bottles_of_lot(request, sample) if request.GET.get("lot") else [sample]
    found = recall_of([one.pk for one in bottles], request.user, kind=kind_of(request.GET), most=NO_LIMIT)
    cells = (
        (one.code, one.tag, one.get_kind_display(), one.get_status_display(), one.place or "", one.made_at.isoformat(),
         one.made_by, one.balance, one.unit)
        for one in found.samples
    )  # fmt: skip
    header = ("code", "tag", "kind", "status", "place", "made_at", "made_by", "left", "unit")
    return csv_file(f"{sample.code}-recall.csv", header, cells)


def inputs_of(closure: Closure, sample: Sample) -> list[tuple[ProcessInput, str]]:
    """Return what the process that made a sample used, each with its code or what is known of it."""
    if sample.origin_id not in closure.processes:
        return []
    lines = closure.inputs.get(sample.origin_id, [])
    return [(line, name_of(line, closure)) for line in lines]


def name_of(line: ProcessInput, closure: Closure) -> str:
    """Return the code of an input's sample, else what is known of it."""
    if line.sample_id is None:
        return line.description or "an input"
    sample = closure.samples.get(line.sample_id)
    return sample.code if sample else RESTRICTED


def bottles_of_lot(request: LabRequest, sample: Sample) -> list[Sample]:
    """Return every bottle of the same chemical and lot, the sample itself when it is no bottle of a lot."""
    bottle = getattr(sample, "bottle", None)
    if bottle is None or not bottle.lot:
        return [sample]
    same = Sample.objects.visible_to(request.user).filter(lab=request.lab, bottle__lot__iexact=bottle.lot)
    return list(same.filter(bottle__short=bottle.short).order_by("code"))


def kind_of(params: QueryDict) -> str:
    """Return the kind of sample an address narrows to, or nothing."""
    kind = params.get("kind", "")
    return kind if kind in SampleKind.values else ""


def asked_of(params: QueryDict) -> Asked:
    """Return what part of a lineage an address asks for; nonsense means the usual part."""
    direction, depth = params.get("direction", ""), params.get("depth", "")
    number = int(depth) if depth.isascii() and depth.isdigit() and len(depth) < 5 else 1
    return Asked(
        direction=direction if direction in DIRECTIONS else "both",
        generations=ALL if depth == "all" else max(number, 1),
        with_solvents=params.get("solvents") == "1",
    )


def depth_word(asked: Asked) -> str:
    """Return how the address says this depth."""
    return "all" if asked.generations == ALL else str(asked.generations)


def choices(params: QueryDict, name: str, values: Iterable[str], chosen: str) -> list[tuple[str, str, bool]]:
    """Return links that set one parameter: word, address, whether it is set."""
    return [(value, changed(params, name, value), value == chosen) for value in values]


def changed(params: QueryDict, name: str, value: str) -> str:
    """Return the same address with one parameter set, or taken away when the value is empty."""
    wanted = params.copy()
    wanted.pop(name, None)
    if value:
        wanted[name] = value
    return f"?{wanted.urlencode()}"


def csv_file(name: str, header: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return a table as a CSV file; a text that a spreadsheet would run as a formula is made harmless."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return answer


def safe_cell(cell: object) -> object:
    """Return a cell that a spreadsheet takes for text; a decimal without trailing zeros."""
    if isinstance(cell, Decimal):
        return plain_number(cell)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
