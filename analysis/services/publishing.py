"""Saving tables and figures: made from a series or from samples, changed, and confirmed on today's data."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.utils.text import slugify

from analysis.models import SavedFigure, SavedTable
from analysis.queries.figures import prepared
from analysis.queries.tables import changes_between, fill, hash_of
from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.models import Project, User
from labbook.services.editing import check_unchanged, locked
from measurements.models import Measurement, Series
from measurements.services.checking import save_fitting
from samples.models import Sample

AnySaved = TypeVar("AnySaved", SavedTable, SavedFigure)
SLUG_LENGTH = 44
MOST_SAMPLES = 60
# The history of one act stays readable; the hash tells the rest.
MOST_TOLD = 200


def save_table(
    journal: Journal, *, kind: str, title: str, series: Series | None = None, samples: Sequence[Sample] = (),
    recipe: Mapping[str, Any] | None = None,
) -> SavedTable:  # fmt: skip
    """Save a table of a series or of samples; it lies in their restricted project, if they have one."""
    made = SavedTable(title=title.strip(), kind=kind, series=series, recipe=dict(recipe or {}))
    made.project = common_project([*([series] if series else []), *samples])
    return saved(journal, made, samples, lambda: fill(made, author_of(journal)).sources)


def save_figure(
    journal: Journal, *, kind: str, title: str, caption: str = "", series: Series | None = None,
    samples: Sequence[Sample] = (), recipe: Mapping[str, Any] | None = None,
    measurements: Sequence[Measurement] = (),
) -> SavedFigure:  # fmt: skip
    """Save a figure of a series, of samples or of measurements; it lies in their restricted project, if any."""
    made = SavedFigure(
        title=title.strip(), caption=caption.strip(), kind=kind, series=series, recipe=dict(recipe or {})
    )
    made.project = common_project([*([series] if series else []), *samples, *measurements])
    return saved(journal, made, samples, lambda: prepared(made, author_of(journal)).told)


def saved(
    journal: Journal, made: AnySaved, samples: Sequence[Sample], sources: Callable[[], Mapping[str, str]]
) -> AnySaved:
    """Write a new table or figure under an address of its own, confirmed on the data of this moment."""
    if len(samples) > MOST_SAMPLES:
        raise Refusal(f"Choose at most {MOST_SAMPLES} samples.", field="samples")
    made.lab, made.created_by = journal.lab, journal.by
    made.slug = free_slug(made)
    save_fitting(made)
    made.samples.set(samples)
    made.sources = dict(sources())
    made.data_hash = hash_of(made.sources)
    made.save(update_fields=["sources", "data_hash"])
    journal.created(made, title=made.title, kind=made.kind, series=made.series, samples=list(samples))
    return made


def author_of(journal: Journal) -> User:
    """Return who makes something; a table shows what its author sees."""
    if journal.by is None:
        raise Refusal("Somebody makes a table or a figure.")
    return journal.by


def common_project(records: Sequence[Series | Sample | Measurement]) -> Project | None:
    """Return the project in which everybody sees what a table or figure is of.

    Raises Refusal where samples lie in several restricted projects: nobody might see all of it.
    """
    projects = {one.project for one in records if one.project is not None}
    restricted = [one for one in projects if one.is_restricted]
    if len(restricted) > 1:
        raise Refusal("These samples lie in different restricted projects; make one table or figure of each.")
    return restricted[0] if restricted else next(iter(projects)) if len(projects) == 1 else None


def free_slug(made: AnySaved) -> str:
    """Return an address that no other table or figure of the lab has, made of the title."""
    words = slugify(made.title)
    base = (words if len(words) <= SLUG_LENGTH else words[:SLUG_LENGTH].rpartition("-")[0]) or made.kind
    taken = set(type(made)._default_manager.filter(lab=made.lab, slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


def confirm_data(journal: Journal, record: AnySaved, *, sources: Mapping[str, str], token: str = "") -> AnySaved:
    """Say that what a table or figure shows today was looked at; later differences are told against it."""
    held = locked(record)
    if token:
        check_unchanged(held, token)
    before, after = dict(held.sources), dict(sources)
    if before == after:
        return held
    held.sources, held.data_hash = after, hash_of(after)
    held.version += 1
    held.save(update_fields=["sources", "data_hash", "version"])
    changed = changes_between(before, after)
    told = {one.name: (one.before or None, one.now or None) for one in changed[:MOST_TOLD]}
    journal.changed(held, "data confirmed", told)
    return held
