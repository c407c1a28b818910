"""What the permission walk needs to know of every page: who may use it, and which record its address names.

A page without a row here fails the walk, so add one when you add a page:

    "sample_detail": page("read", film),

The first word is the least action (labbook.roles) a GET needs; `writes` the least a POST needs, by default
"record" where reading is enough to look; a page that only ever reads says writes="read". A page whose
address names no record needs no function.
`shared` marks records that belong to the whole lab, which a restricted project does not hide.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.walk_api import TABLES, api_rows
from tests.walk_curves import CURVE_ROWS
from tests.walk_files import FILE_ROWS
from tests.walk_fits import FIT_ROWS
from tests.walk_instruments import INSTRUMENT_ROWS
from tests.walk_publishing import PUBLISHING_ROWS
from tests.walk_world import Records

Named = Callable[[Records], dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """Who may use a page and which record it is about."""

    reads: str
    writes: str
    names: Named | None
    is_shared: bool
    # What the address needs that is no record of a lab.
    fixed: dict[str, Any]


def page(
    reads: str,
    names: Named | None = None,
    *,
    writes: str = "",
    shared: bool = False,
    fixed: dict[str, Any] | None = None,
) -> Page:
    """Describe a page of a lab."""
    return Page(reads, writes or ("record" if reads == "read" else reads), names, shared, fixed or {})


# Pages of the installation: they belong to no lab and show nothing of one.
EVERYBODYS = {"upload_link", "sign_in_link", "draft_save", "draft_discard", "style_sheet", "api_schema", "api_docs"}
# Addresses under these belong to other packages, which test them.
PACKAGES = ("accounts/",)


def film(records: Records) -> dict[str, Any]:
    """Name the film."""
    return {"code": records.film.code}


def vial(records: Records) -> dict[str, Any]:
    """Name the vial."""
    return {"code": records.vial.code}


def bottle(records: Records) -> dict[str, Any]:
    """Name the bottle."""
    return {"code": records.bottle.code}


def precursor(records: Records) -> dict[str, Any]:
    """Name the precursor batch."""
    return {"code": records.precursor.code}


def synthesis(records: Records) -> dict[str, Any]:
    """Name the synthesis."""
    return {"code": records.synthesis.code}


def recipe(records: Records) -> dict[str, Any]:
    """Name the recipe."""
    return {"slug": records.recipe.slug}


def job(records: Records) -> dict[str, Any]:
    """Name the job."""
    return {"job_id": records.job.pk}


def batch(records: Records) -> dict[str, Any]:
    """Name the batch of the inbox."""
    return {"batch_id": records.batch.pk}


def inbox_line(records: Records) -> dict[str, Any]:
    """Name the line of the inbox that waits."""
    return {"batch_id": records.batch.pk, "row_id": records.line.pk}


def receipt(records: Records) -> dict[str, Any]:
    """Name the receipt."""
    return {"receipt_id": records.receipt.pk}


def measurement(records: Records) -> dict[str, Any]:
    """Name the measurement."""
    return {"measurement_id": records.measured.measurement.pk}


def series(records: Records) -> dict[str, Any]:
    """Name the series."""
    return {"series_id": records.measured.series.pk}


def rung(records: Records) -> dict[str, Any]:
    """Name the rung of the series."""
    return {**series(records), "rung_id": records.measured.rung.pk}


def reference_use(records: Records) -> dict[str, Any]:
    """Name the reference that the measurement names."""
    return {**measurement(records), "use_id": records.measured.measurement.references.get().pk}


def line_of(records: Records) -> int:
    """Return the id of the input that the film was made from."""
    return records.film.origin.inputs.get().pk


PAGES: dict[str, Page] = {
    # People, projects, history
    "tag_resolver": page("read", lambda r: {"tag": r.film.tag}),
    "people_list": page("read"),
    "person_invite": page("manage"),
    "person_link": page("manage"),
    "person_edit": page("manage", lambda r: {"membership_id": r.membership.pk}, shared=True),
    "person_link_again": page("manage", lambda r: {"membership_id": r.membership.pk}, shared=True),
    "lab_settings": page("own"),
    "project_list": page("read"),
    "project_new": page("record"),
    "project_edit": page("record", lambda r: {"slug": r.project.slug if r.project else ""}),
    "record_history": page("read", lambda r: {"record_type": "sample", "record_id": r.film.pk}),
    "record_restore": page("record", lambda r: {"record_type": "sample", "record_id": r.film.pk}),
    "activity": page("read"),
    # Jobs
    "job_list": page("read", writes="read"),
    "job_detail": page("read", job, writes="read"),
    "job_progress": page("read", job, writes="read"),
    "job_cancel": page("record", job),
    "job_retry": page("record", job),
    # Rooms
    "today": page("read", writes="read"),
    "search": page("read", writes="read"),
    "measurement_list": page("read", writes="read"),
    "storage_map": page("read", writes="read"),
    # Samples
    "sample_list": page("read", writes="read"),
    "sample_selection": page("record"),
    "sample_detail": page("read", film, writes="read"),
    "sample_edit": page("record", film),
    "sample_label": page("record", film),
    "sample_receive": page("record"),
    "samples_pool": page("record"),
    "samples_move": page("record"),
    "label_list": page("read", writes="read"),
    "label_remove": page("record"),
    "specimen_new": page("record"),
    "sample_alias": page("record", vial),
    "sample_dilute": page("record", vial),
    "sample_discard": page("record", vial),
    "sample_keep": page("record", vial),
    "sample_move": page("record", vial),
    "sample_pour_back": page("record", lambda r: {"code": r.cuvette.code}),
    "sample_recount": page("record", vial),
    "sample_size": page("record", vial),
    "sample_split": page("record", vial),
    "sample_treat": page("record", vial),
    "sample_unload": page("record", lambda r: {"code": r.load.code}),
    "sample_use": page("record", vial),
    "lineage": page("read", film, writes="read"),
    "lineage_svg": page("read", film, writes="read"),
    "lineage_csv": page("read", film, writes="read"),
    "recall": page("read", film, writes="read"),
    "recall_csv": page("read", film, writes="read"),
    "statement": page("read", film, writes="read"),
    "statement_csv": page("read", film, writes="read"),
    "parent_replace": page("record", lambda r: {"code": r.film.code, "line_id": line_of(r)}),
    # Stock, precursors, recipes, places, equipment
    "stock_list": page("read", writes="read"),
    "bottle_new": page("manage"),
    "bottle_detail": page("read", bottle, writes="read"),
    "bottle_edit": page("record", bottle),
    "precursor_list": page("read", writes="read"),
    "precursor_new": page("record"),
    "precursor_detail": page("read", precursor, writes="read"),
    "precursor_values": page("record", precursor),
    "recipe_list": page("read", writes="read"),
    "recipe_detail": page("read", recipe, writes="read", shared=True),
    "recipe_edit": page("record", recipe, shared=True),
    "place_list": page("read", writes="read"),
    "place_new": page("manage"),
    "place_edit": page("manage", lambda r: {"place_id": r.place.pk}, shared=True),
    "equipment_list": page("read", writes="read"),
    "equipment_new": page("manage"),
    "equipment_edit": page("manage", lambda r: {"equipment_id": r.equipment.pk}, shared=True),
    # Measurements and series
    "measurement_new": page("record"),
    "measurement_detail": page("read", measurement, writes="read"),
    "measurement_edit": page("record", measurement),
    "measurement_sample": page("record", measurement),
    "measurement_void": page("record", measurement),
    "measurement_restore": page("record", measurement),
    "measurement_reference": page("record", measurement),
    "measurement_reference_remove": page("record", reference_use),
    "sample_measurements": page("read", film, writes="read"),
    "series_list": page("read", writes="read"),
    "series_new": page("record"),
    "series_detail": page("read", series, writes="read"),
    "series_edit": page("record", series),
    "series_rungs": page("record", series),
    "series_rung": page("record", rung),
    "series_rung_merge": page("record", rung),
    # Tables
    "import_new": page("manage"),
    # Kept per person: somebody else's upload is answered like one that is gone.
    "import_run": page("manage", fixed={"upload_id": 1}),
    # Inbox
    "inbox_list": page("read", writes="read"),
    "inbox_new": page("record"),
    "inbox_post": page("record"),
    "inbox_name": page("read", writes="read"),
    "inbox_waiting": page("read", writes="read"),
    "inbox_codes": page("read", writes="read"),
    "inbox_batch": page("read", batch, writes="read"),
    "inbox_shared": page("record", batch),
    "inbox_cells": page("record", batch),
    "inbox_rows": page("record", batch),
    "inbox_line": page("read", inbox_line, writes="read"),
    "inbox_line_act": page("record", inbox_line),
    "file_columns": page("record", lambda r: {"file_id": r.line.file_name_id}),
    "inbox_receipt": page("read", receipt, writes="read"),
    "inbox_undo": page("record", receipt),
    # Syntheses
    "synthesis_list": page("read", writes="read"),
    "synthesis_detail": page("read", synthesis, writes="read"),
    "synthesis_new": page("record"),
    "synthesis_duplicate": page("record", synthesis),
    "synthesis_edit": page("record", synthesis),
    "synthesis_end": page("record", synthesis),
    "synthesis_record": page("record", synthesis),
    "synthesis_reopen": page("record", synthesis),
    "synthesis_start": page("record", synthesis),
    "synthesis_plan": page("record", recipe, shared=True),
    "synthesis_values": page("record", synthesis),
    "run_mode": page("record", synthesis),
    "precipitation": page("record", synthesis),
    "precipitation_undo": page("record", synthesis),
    "clean_up_spin_new": page("record", synthesis),
}
# The API, row by row from its own registry; the person's own tokens are nobody else's.
PAGES |= {
    name: page(reads, names, writes=writes, shared=is_shared) for name, reads, writes, names, is_shared in api_rows()
}
PAGES |= {name: page("read", writes="record", fixed={"format": "csv"}) for name in TABLES}
PAGES |= {
    "token_list": page("read", writes="read"),
    "token_revoke": page("read", writes="read", fixed={"token_key": "labbook_none"}),
}
MEASURED_ROWS = (*FILE_ROWS, *INSTRUMENT_ROWS, *CURVE_ROWS, *FIT_ROWS, *PUBLISHING_ROWS)
PAGES |= {
    name: Page(reads, writes, names, is_shared, fixed) for name, reads, writes, names, fixed, is_shared in MEASURED_ROWS
}
