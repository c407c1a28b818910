"""Furnishing a new lab: the instruments of the source, with every setting it names."""

from labbook.journal import Journal, journal_of
from labbook.models import Lab, User
from measurements.instruments.contents import ShippedCalibration, ShippedInstrument, ShippedSetting
from measurements.instruments.reading import quantity_of, shipped_instruments, width_of
from measurements.models import Instrument, InstrumentSetting
from measurements.services.calibrations import add_calibration
from measurements.services.setting_values import text_kept


def furnish_lab(lab: Lab, by: User | None) -> None:
    """Give a lab the shipped instruments; what it already has stays as it is."""
    with journal_of(lab, by=by, reason="furnishing of a new lab") as journal:
        add_shipped_instruments(journal)


def add_shipped_instruments(journal: Journal) -> int:
    """Write the instruments that the lab does not have yet; returns how many."""
    known = Instrument.objects.filter(lab=journal.lab).values_list("title", "maker", "model")
    titles = {title.casefold() for title, _, _ in known}
    models = {(maker, model) for _, maker, model in known}
    missing = [
        one
        for one in shipped_instruments()
        if one.title.casefold() not in titles and (one.maker, one.model) not in models
    ]
    for shipped in missing:
        add_shipped(journal, shipped)
    return len(missing)


def add_shipped(journal: Journal, shipped: ShippedInstrument) -> Instrument:
    """Write one shipped instrument with its settings, source notes and calibrations."""
    made = Instrument.objects.create(
        lab=journal.lab, created_by=journal.by, title=shipped.title, technique=shipped.technique, maker=shipped.maker,
        model=shipped.model, names_in_files="\n".join(shipped.names_in_files), note=f"Source: {shipped.source}.",
    )  # fmt: skip
    rows = rows_of(made, shipped)
    InstrumentSetting.objects.bulk_create(rows)
    told = {row.key: text_kept(row.number if row.number is not None else row.text) for row in rows}
    journal.created(made, title=made.title, technique=made.technique, table_version=shipped.version, settings=told)
    for calibration in shipped.calibrations:
        add_shipped_calibration(journal, made, calibration)
    return made


def rows_of(instrument: Instrument, shipped: ShippedInstrument) -> list[InstrumentSetting]:
    """Return the settings of a shipped instrument: value, the source's words, and what these leave open."""
    return [row_of(instrument, one) for one in shipped.settings]


def row_of(instrument: Instrument, shipped: ShippedSetting) -> InstrumentSetting:
    """Return one setting of a shipped instrument."""
    quantity = quantity_of(shipped)
    return InstrumentSetting(
        instrument=instrument, key=shipped.key, number=quantity.value if quantity else None,
        text="" if quantity else shipped.value, as_written=shipped.stated or shipped.value, source_note=shipped.note,
    )  # fmt: skip


def add_shipped_calibration(journal: Journal, instrument: Instrument, shipped: ShippedCalibration) -> None:
    """Write a calibration that the source states; it has no first day, so that a measured one ends it."""
    width = width_of(shipped)
    facts = {
        "applies_to": shipped.applies_to, "value": width.value, "stderr": width.stderr, "unit": width.unit,
        "as_written": shipped.stated or shipped.value, "note": shipped.note,
    }  # fmt: skip
    add_calibration(journal, instrument=instrument, kind=shipped.kind, facts=facts)
