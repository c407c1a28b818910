"""Makes every table and figure of the paper as a person does: saved, then taken away in each format."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.console import say

if TYPE_CHECKING:
    from django.test import Client

    from analysis.models import SavedFigure, SavedTable
    from labbook.models import Lab, User
    from measurements.models import Series
    from samples.models import Sample

TABLE_FORMATS = ("csv", "tex", "docx", "xlsx")
FIGURE_FORMATS = ("svg", "pdf", "png")
OK = 200


def publish(lab: "Lab", by: "User", into: Path) -> list[dict[str, Any]]:
    """Make and take away every table and figure that there is data for; return a line for each."""
    from django.test import Client

    into.mkdir(parents=True, exist_ok=True)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(by)
    told = [exported(client, "tables", one, TABLE_FORMATS, into) for one in tables(lab, by)]
    told += [exported(client, "figures", one, FIGURE_FORMATS, into) for one in figures(lab, by)]
    say(f"{len(told)} tables and figures in {into}")
    return told


def tables(lab: "Lab", by: "User") -> "Iterator[SavedTable]":
    """Save each ready table of each ladder it has numbers for, and those of samples once."""
    from analysis.publishing.ready import TABLES, Rows
    from analysis.queries.tables import fill

    for ready in TABLES.values():
        for series in ladders(lab, ready.along) if ready.rows == Rows.RUNGS else [None]:
            made = table_of(lab, by, ready.key, ready.title, series)
            if fill(made, by).sources:
                yield made


def table_of(lab: "Lab", by: "User", kind: str, title: str, series: "Series | None") -> "SavedTable":
    """Save one table."""
    from analysis.services.publishing import save_table
    from labbook.journal import journal_of

    samples = fractions(lab) if series is None and kind != "s1" else []
    named = f"{title}, {series.sample.code}" if series else title
    with journal_of(lab, by=by) as journal:
        return save_table(journal, kind=kind, title=named, series=series, samples=samples)


def figures(lab: "Lab", by: "User") -> "Iterator[SavedFigure]":
    """Save each ready figure of each ladder it has curves for, and those of samples once."""
    from analysis.publishing.figure_kinds import FIGURES, Of
    from analysis.queries.figures import prepared
    from analysis.services.publishing import save_figure
    from labbook.journal import journal_of

    for kind in FIGURES.values():
        for series in ladders(lab, kind.along) if kind.of == Of.SERIES else [None]:
            title = f"{kind.name}, {series.sample.code}" if series else kind.usual_title
            samples = fractions(lab) if series is None else []
            with journal_of(lab, by=by) as journal:
                made = save_figure(
                    journal, kind=kind.key, title=title, caption=kind.caption, series=series, samples=samples
                )
            if prepared(made, by).sources:
                yield made


def ladders(lab: "Lab", along: str) -> "list[Series]":
    """Return the ladders along something, or along pressure and temperature where nothing is said."""
    from measurements.models import Series

    wanted = [along] if along else ["pressure", "temperature"]
    return list(Series.objects.filter(lab=lab, along__in=wanted).select_related("sample").order_by("pk"))


def fractions(lab: "Lab") -> "list[Sample]":
    """Return the fractions whose size TEM has measured."""
    from samples.models import Sample, SampleSize

    sized = SampleSize.objects.filter(is_in_force=True, origin=SampleSize.Origin.MEASURED)
    return list(Sample.objects.filter(lab=lab, sizes__in=sized).order_by("code"))


def exported(
    client: "Client", room: str, made: "SavedTable | SavedFigure", formats: tuple[str, ...], into: Path
) -> dict[str, Any]:
    """Take a table or figure away in each format, and say which files that made."""
    files, refused = [], []
    for one in formats:
        answer = client.get(f"/{room}/{made.slug}.{one}")
        if answer.status_code != OK:
            refused.append(f"{one}: {answer.status_code}")
            continue
        path = into / f"{made.slug}.{one}"
        path.write_bytes(b"".join(answer) if answer.streaming else answer.content)
        files.append(path.name)
    return {
        "made": made.title, "kind": made.kind, "files": files, "refused": refused, "sources": len(made.sources),
        "is_made": not refused,
    }  # fmt: skip
