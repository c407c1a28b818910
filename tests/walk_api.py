"""The rows of the permission walk for the API: every resource and act, with the record its address names."""

from collections.abc import Callable, Iterator
from typing import Any

from analysis.api import fits, publishing
from measurements.api import measurements, series
from samples.api import belongings, resources, sample_acts, synthesis_acts
from tests.walk_world import Records

Row = tuple[str, str, str, Callable[[Records], dict[str, Any]] | None, bool]


def key(read: Callable[[Records], Any]) -> Callable[[Records], dict[str, Any]]:
    """Name a record by what stands in its address."""
    return lambda records: {"key": read(records)}


FILM = key(lambda records: records.film.code)
VIAL = key(lambda records: records.vial.code)
SYNTHESIS = key(lambda records: records.synthesis.code)
PROCESS = key(lambda records: records.process.pk)
PLACE = key(lambda records: records.place.pk)
PIECE = key(lambda records: records.equipment.pk)
RECIPE = key(lambda records: records.recipe.slug)
BATCH = key(lambda records: records.batch.pk)
RECEIPT = key(lambda records: records.receipt.pk)
JOB = key(lambda records: records.job.pk)
MEASURED = key(lambda records: records.measured.measurement.pk)
LADDER = key(lambda records: records.measured.series.pk)
RUNG = key(lambda records: records.measured.rung.pk)
FIT = key(lambda records: records.analysed.fit.pk)
VALUE = key(lambda records: records.analysed.value.pk)
TABLE = key(lambda records: records.analysed.table.slug)
FIGURE = key(lambda records: records.analysed.figure.slug)
# Of which acts the page shows them to some kinds of sample only.
ACTED_ON = {"pour-back": key(lambda records: records.cuvette.code), "unload": key(lambda records: records.load.code)}
# List → the least action of a POST to it.
LISTS = {
    "members": "manage", "projects": "record", "revisions": "record", "aliases": "record", "samples": "record",
    "bottles": "manage", "precursors": "record", "specimens": "record", "syntheses": "record", "processes": "record",
    "search": "record", "places": "manage", "equipment": "manage", "recipes": "record", "labels": "record",
    "measurements": "record", "series": "record",
    "jobs": "record", "batches": "record", "receipts": "record",
    "fits": "record", "results": "record", "values": "record", "tables": "record", "figures": "record",
}  # fmt: skip
ONES = {
    "sample": (FILM, "record", False), "bottle": (key(lambda r: r.bottle.code), "record", False),
    "precursor": (key(lambda r: r.precursor.code), "record", False), "specimen": (FILM, "record", False),
    "synthesis": (SYNTHESIS, "record", False), "process": (PROCESS, "record", False),
    "place": (PLACE, "manage", True), "piece": (PIECE, "manage", True), "recipe": (RECIPE, "record", True),
    "member": (key(lambda r: r.membership.pk), "manage", True),
    "project": (key(lambda r: r.project.slug if r.project else ""), "record", False),
    "job": (JOB, "record", False), "batch": (BATCH, "record", False), "receipt": (RECEIPT, "record", False),
}  # fmt: skip
BELONGINGS = {
    "inbox_lines": (BATCH, False),
    "ledger": (FILM, False),
    "moves": (FILM, False),
    "recipe_versions": (RECIPE, True),
}
HISTORIES = {
    resources.SAMPLES: (FILM, False), resources.SYNTHESES: (SYNTHESIS, False), resources.PROCESSES: (PROCESS, False),
    belongings.PLACES: (PLACE, True), belongings.EQUIPMENT: (PIECE, True), belongings.RECIPES: (RECIPE, True),
}  # fmt: skip


def lists() -> Iterator[Row]:
    """Yield every list, plain and with its format behind it."""
    for name, writes in LISTS.items():
        yield f"api_{name}", "read", writes, None, False
    below = [(name, *row) for name, row in BELONGINGS.items()]
    below += [(history.name, *HISTORIES[resource]) for resource, history in belongings.HISTORIES]
    for name, names, is_shared in below:
        yield f"api_{name}", "read", "record", names, is_shared
        yield f"api_{name}_as", "read", "record", table_of(names), is_shared


def table_of(names: Callable[[Records], dict[str, Any]]) -> Callable[[Records], dict[str, Any]]:
    """Name the same record as a table."""
    return lambda records: {**names(records), "format": "csv"}


def acts() -> Iterator[Row]:
    """Yield everything that is done by a POST about one record."""
    for name, act in sample_acts.SAMPLE_ACTS.items():
        yield f"api_{act.name}", "record", "record", ACTED_ON.get(name, VIAL), False
    for act in (sample_acts.LABEL, sample_acts.DISPENSE, sample_acts.SPIN):
        yield f"api_{act.name}", "record", "record", VIAL, False
    for act in synthesis_acts.SYNTHESIS_ACTS.values():
        yield f"api_{act.name}", "record", "record", SYNTHESIS, False
    for name in ("api_process_value", "api_process_values", "api_input_replace", "api_process_step"):
        yield name, "read" if name == "api_process_values" else "record", "record", PROCESS, False
    for name in ("api_samples_move", "api_samples_pool", "api_labels_remove"):
        yield name, "record", "record", None, False
    for name in ("api_batch_set", "api_batch_assign"):
        yield name, "record", "record", BATCH, False
    yield "api_receipt_undo", "record", "record", RECEIPT, False
    for name in ("api_job_cancel", "api_job_retry"):
        yield name, "record", "record", JOB, False


def measured() -> Iterator[Row]:
    """Yield measurements, series and rungs, and what is done with them."""
    yield "api_measurement", "read", "record", MEASURED, False
    yield "api_ladder", "read", "record", LADDER, False
    yield "api_rung", "read", "record", RUNG, False
    for act in measurements.ACTS.values():
        yield f"api_{act.name}", "record", "record", MEASURED, False
    yield f"api_{series.ADD.name}", "record", "record", LADDER, False
    for act in (series.CHANGE, series.MERGE):
        yield f"api_{act.name}", "record", "record", RUNG, False
    below = (("rungs", LADDER), ("series_history", LADDER), ("measurement_history", MEASURED))
    for name, names in below:
        yield f"api_{name}", "read", "record", names, False
        yield f"api_{name}_as", "read", "record", table_of(names), False


def analysed() -> Iterator[Row]:
    """Yield fits and values in force, and what is done with them."""
    yield "api_fit", "read", "record", FIT, False
    yield "api_value", "read", "record", VALUE, False
    for act in fits.ACTS.values():
        yield f"api_{act.name}", "record", "record", FIT, False
    yield f"api_{fits.ANALYSE.name}", "record", "record", MEASURED, False
    yield f"api_{fits.FIT_ALL.name}", "record", "record", LADDER, False
    for act in (publishing.MAKE_TABLE, publishing.MAKE_FIGURE):
        yield f"api_{act.name}", "record", "record", LADDER, False
    for name, names in (("table", TABLE), ("figure", FIGURE)):
        yield f"api_{name}", "read", "record", names, False
        yield f"api_saved{name}_history", "read", "record", names, False
        yield f"api_saved{name}_history_as", "read", "record", table_of(names), False
    yield "api_fit_history", "read", "record", FIT, False
    yield "api_fit_history_as", "read", "record", table_of(FIT), False


def others() -> Iterator[Row]:
    """Yield records, lineage, the lab and what belongs to the person."""
    for name, (names, writes, is_shared) in ONES.items():
        yield f"api_{name}", "read", writes, names, is_shared
    for name in ("ancestors", "descendants"):
        yield f"api_{name}", "read", "record", FILM, False
        yield f"api_{name}_as", "read", "record", table_of(FILM), False
    yield "api_statement", "read", "record", FILM, False
    yield "api_lab", "read", "own", None, False
    yield "api_me", "read", "read", None, False
    yield "api_import", "manage", "manage", None, False


# Addresses of the whole lab's lists with a format behind them, which names no record.
TABLES = tuple(f"api_{name}_as" for name in LISTS)


def api_rows() -> list[Row]:
    """Return every row: name, least action to read, least action to write, record, whether it is the whole lab's."""
    return [*lists(), *acts(), *measured(), *analysed(), *others()]
