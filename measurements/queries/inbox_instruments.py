"""Which of a lab's instruments wrote a recording, by what its files call it."""

from collections.abc import Iterable
from dataclasses import dataclass

from labbook.models import Lab
from measurements.models import Instrument, Recording

SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Instruments:
    """The instruments of a lab with the texts that its files name them by."""

    known: tuple[tuple[str, Instrument], ...]

    def of(self, recording: Recording | None) -> Instrument | None:
        """Return the instrument that a recording names; between two that it names alike the technique decides."""
        if recording is None:
            return None
        said = told_by(recording)
        hits = [(len(name), one) for name, one in self.known if name in said]
        longest = max((length for length, _ in hits), default=0)
        best = {one.pk: one for length, one in hits if length == longest}
        if len(best) > 1:
            best = {one.pk: one for one in best.values() if one.technique == recording.technique}
        return next(iter(best.values())) if len(best) == 1 else None


def instruments_of(lab: Lab) -> Instruments:
    """Return the instruments in use, in one query."""
    known = Instrument.objects.filter(lab=lab, is_retired=False).order_by("pk")
    return Instruments(tuple((name, one) for one in known for name in names_of(one)))


def names_of(instrument: Instrument) -> Iterable[str]:
    """Return the texts that name an instrument in its files."""
    texts = [*instrument.names_in_files.splitlines(), instrument.serial_number]
    return {text.strip().casefold() for text in texts if len(text.strip()) >= SHORTEST_NAME}


def told_by(recording: Recording) -> str:
    """Return everything in which a recording may name its instrument."""
    settings = recording.settings if isinstance(recording.settings, dict) else {}
    texts = [recording.instrument, *(str(settings.get(name, "")) for name in ("serial_number", "device", "camera"))]
    return " ".join(texts).casefold()
