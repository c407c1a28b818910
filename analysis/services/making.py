"""Tables and figures made of a series by one click: what was made of it before is found again."""

from analysis.models import SavedFigure, SavedTable
from analysis.publishing.figure_kinds import FIGURES, Of
from analysis.publishing.ready import TABLES, Rows
from analysis.queries.kin import samples_beside
from analysis.services.publishing import author_of, save_figure, save_table
from labbook.errors import Refusal
from labbook.journal import Journal
from measurements.models import Series


def table_of_series(journal: Journal, series: Series, kind: str) -> SavedTable:
    """Return the table of a kind that was made of a series, made now when there is none.

    Raises Refusal for a kind that there is not.
    """
    if kind not in TABLES:
        raise Refusal(f"A table is one of {', '.join(TABLES)}.", field="kind")
    ready, user = TABLES[kind], author_of(journal)
    before = SavedTable.objects.visible_to(user).filter(lab=journal.lab, series=series, kind=kind).order_by("-pk")
    if (found := before.first()) is not None:
        return found
    samples = samples_beside(series, user) if ready.rows == Rows.VALUES else []
    return save_table(journal, kind=kind, title=ready.usual_title, series=series, samples=samples)


def figure_of_series(journal: Journal, series: Series, kind: str) -> SavedFigure:
    """Return the figure of a kind that was made of a series, made now when there is none.

    Raises Refusal for a kind that is not made of series.
    """
    kinds = [one.key for one in FIGURES.values() if one.of != Of.CURVES]
    if kind not in kinds:
        raise Refusal(f"A figure is one of {', '.join(kinds)}.", field="kind")
    ready, user = FIGURES[kind], author_of(journal)
    before = SavedFigure.objects.visible_to(user).filter(lab=journal.lab, series=series, kind=kind).order_by("-pk")
    if (found := before.first()) is not None:
        return found
    samples = samples_beside(series, user) if ready.of == Of.SAMPLES else []
    title, caption = ready.usual_title, ready.caption
    return save_figure(journal, kind=kind, title=title, caption=caption, series=series, samples=samples)
