"""Shapes of batches, lines and receipts in the API."""

from typing import Any

from rest_framework import serializers

from measurements.models import Batch, InboxRow, Receipt
from measurements.queries.inbox_table import MatchLine
from measurements.views.inbox_receipts import ReceiptLine

Text = serializers.CharField
Whole = serializers.IntegerField


class BatchSerializer(serializers.Serializer[Batch]):
    """Files that came together, and what they share; a sample that the person may not see is null."""

    id = Whole()
    title = Text()
    origin = Text()
    sample = serializers.SerializerMethodField()
    instrument_id = Whole(allow_null=True)
    session_id = Whole(allow_null=True)
    day = serializers.DateField(allow_null=True)
    operator = Text()
    is_closed = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    version = Whole()

    def get_sample(self, one: Batch) -> str | None:
        """Return the code of the sample that its files are about."""
        codes: dict[int, str] = self.context.get("codes", {})
        return codes.get(one.sample_id or 0)


class LineSerializer(serializers.Serializer[InboxRow]):
    """A recording of a batch, or a file without one: what is proposed for it, how sure and why."""

    id = Whole()
    file = serializers.SerializerMethodField()
    folder = serializers.SerializerMethodField()
    sha256 = serializers.SerializerMethodField()
    reader = serializers.SerializerMethodField()
    refused = serializers.SerializerMethodField()
    state = Text()
    sample = serializers.SerializerMethodField()
    reference_kind = Text()
    technique = Text()
    rung = serializers.SerializerMethodField()
    confidence_percent = Whole()
    confidence = serializers.SerializerMethodField()
    why = serializers.SerializerMethodField()
    candidates = serializers.SerializerMethodField()
    joins_id = Whole(allow_null=True)
    measurement_id = serializers.SerializerMethodField()

    def line(self, one: InboxRow) -> MatchLine | None:
        """Return the line as the person's table shows it."""
        lines: dict[int, MatchLine] = self.context.get("lines", {})
        return lines.get(one.pk)

    def get_file(self, one: InboxRow) -> str:
        """Return the file's name."""
        return one.file_name.name

    def get_folder(self, one: InboxRow) -> str:
        """Return the folder it lay in."""
        return one.file_name.folder

    def get_sha256(self, one: InboxRow) -> str:
        """Return the hash of its bytes."""
        return one.file_name.raw_file.sha256

    def get_reader(self, one: InboxRow) -> str:
        """Return the key of the reader that read it."""
        return one.file_name.raw_file.reader

    def get_refused(self, one: InboxRow) -> str:
        """Return why nobody could read it."""
        return one.file_name.raw_file.refused

    def get_sample(self, one: InboxRow) -> str | None:
        """Return the sample's code."""
        line = self.line(one)
        return one.sample.code if line and one.sample and not line.is_hidden else None

    def get_rung(self, one: InboxRow) -> str:
        """Return where on its ladders it stands, in words."""
        line = self.line(one)
        return line.cells["rung"] if line else ""

    def get_confidence(self, one: InboxRow) -> str:
        """Return how sure the proposal is, in a word."""
        line = self.line(one)
        return line.confidence if line else ""

    def get_why(self, one: InboxRow) -> str:
        """Return what the proposal rests on."""
        line = self.line(one)
        return line.row.why if line else ""

    def get_candidates(self, one: InboxRow) -> list[str]:
        """Return the codes of what else it may be of, the likeliest first."""
        line = self.line(one)
        return [candidate.sample.code for candidate in line.candidates] if line else []

    def get_measurement_id(self, one: InboxRow) -> int | None:
        """Return the measurement it became."""
        line = self.line(one)
        return one.measurement_id if line and not line.is_hidden else None


class ReceiptSerializer(serializers.Serializer[Receipt]):
    """One commit with every link it made that the person may see."""

    id = Whole()
    batch_id = Whole()
    lines = serializers.SerializerMethodField()
    undone_at = serializers.DateTimeField(allow_null=True)
    undone_by = Text()
    created_at = serializers.DateTimeField()
    version = Whole()

    def get_lines(self, one: Receipt) -> list[dict[str, Any]]:
        """Return the links."""
        lines: dict[int, list[ReceiptLine]] = self.context.get("lines", {})
        return [
            {
                "file": line.file,
                "sample": line.code,
                "technique": line.technique,
                "rung": line.rung,
                "measurement_id": line.measurement.pk if line.measurement else None,
                "joined": list(line.joined),
            }
            for line in lines.get(one.pk, [])
        ]
