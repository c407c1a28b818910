"""What a measurement is read against: its blank, dark, response, instrument response and λ0."""

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.services.editing import locked
from measurements.models import Measurement, ReferenceUse
from measurements.services.telling import tell_changed


def add_reference(journal: Journal, measurement: Measurement, *, reference: Measurement, part: str) -> ReferenceUse:
    """Name another measurement as this one's blank, dark or the like.

    Raises Refusal for itself, one of another lab, a void one, or one that is named already.
    """
    held = locked(measurement)
    if reference.pk == held.pk:
        raise Refusal("A measurement is not its own reference.", field="reference")
    if reference.lab_id != held.lab_id:
        raise Refusal("There is no such measurement in this lab.", field="reference")
    if reference.is_void:
        raise Refusal(f"{reference} is void.", field="reference")
    use, is_new = ReferenceUse.objects.get_or_create(measurement=held, reference=reference, part=part)
    if not is_new:
        raise Refusal(f"{reference} is named already.", field="reference")
    next_version(held)
    journal.changed(held, "reference added", {use.get_part_display(): (None, reference)})
    tell_changed(journal, [held])
    return use


def remove_reference(journal: Journal, use: ReferenceUse) -> Measurement:
    """Take a reference away; both measurements stay."""
    held = locked(use.measurement)
    reference, part = use.reference, use.get_part_display()
    use.delete()
    next_version(held)
    journal.changed(held, "reference removed", {part: (reference, None)})
    tell_changed(journal, [held])
    return held


def next_version(measurement: Measurement) -> None:
    """Count a change that lies in other rows."""
    measurement.version += 1
    measurement.save(update_fields=["version"])
