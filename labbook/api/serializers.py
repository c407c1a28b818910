"""Output shapes that every floor uses: numbers, errors, pages, written answers and the people of a lab."""

from decimal import Decimal
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from labbook.models import Job, JobState, Membership, Revision


@extend_schema_field(OpenApiTypes.DOUBLE)
class NumberField(serializers.Field[Any, Any, Any, Any]):
    """A decimal as a JSON number, without the zeros that the database pads it with."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"read_only": True, "allow_null": True, **kwargs})

    def to_representation(self, value: Decimal) -> int | float:
        """Return the number."""
        number = float(value)
        return int(number) if number.is_integer() and abs(number) < 2**53 else number


class FieldErrorSerializer(serializers.Serializer[Any]):
    """One field of the request that is wrong."""

    field = serializers.CharField(allow_null=True)
    message = serializers.CharField()


class ConflictSerializer(serializers.Serializer[Any]):
    """One field that two people changed."""

    field = serializers.CharField()
    base = serializers.JSONField(allow_null=True)
    yours = serializers.JSONField(allow_null=True)
    theirs = serializers.JSONField(allow_null=True)


class ErrorSerializer(serializers.Serializer[Any]):
    """Every error: a sentence, the fields it is about, and what would make it possible."""

    detail = serializers.CharField()
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]
    conflicts = ConflictSerializer(many=True, required=False)
    offer = serializers.DictField(child=serializers.CharField(), required=False)


class LabSerializer(serializers.Serializer[Any]):
    """A lab and the person's role in it."""

    id = serializers.IntegerField(source="lab_id")
    slug = serializers.CharField(source="lab.slug")
    name = serializers.CharField(source="lab.name")
    time_zone = serializers.CharField(source="lab.time_zone")
    version = serializers.IntegerField(source="lab.version")
    role = serializers.CharField(source="get_role_display")
    initials = serializers.CharField()


class MeSerializer(serializers.Serializer[Any]):
    """Who the token belongs to."""

    email = serializers.EmailField()
    name = serializers.CharField()
    labs = LabSerializer(many=True)


class MemberSerializer(serializers.Serializer[Membership]):
    """A member of the lab; the e-mail address is for those who keep the lab's people."""

    id = serializers.IntegerField()
    initials = serializers.CharField()
    name = serializers.CharField(source="user.name")
    email = serializers.SerializerMethodField()
    role = serializers.CharField(source="get_role_display")
    is_active = serializers.BooleanField()
    joined_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def get_email(self, membership: Membership) -> str | None:
        """Return the address, or nothing for somebody who does not keep people."""
        return membership.user.email if self.context["shows_email"] else None


class ProjectSerializer(serializers.Serializer[Any]):
    """A project and who is in it."""

    id = serializers.IntegerField()
    slug = serializers.CharField()
    name = serializers.CharField()
    is_restricted = serializers.BooleanField()
    members = serializers.SerializerMethodField()
    version = serializers.IntegerField()

    def get_members(self, project: Any) -> list[str]:
        """Return the members' initials."""
        initials: dict[int, str] = self.context["initials"]
        return sorted(initials.get(one.pk, "") for one in project.members.all())


class RevisionSerializer(serializers.Serializer[Revision]):
    """One change of a record: who, when, from what to what, and why."""

    sequence = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.SerializerMethodField()
    record_type = serializers.CharField()
    record_id = serializers.IntegerField()
    record = serializers.CharField(source="record_label")
    version = serializers.IntegerField(source="record_version")
    action = serializers.CharField()
    changes = serializers.JSONField()
    reason = serializers.CharField()
    hash = serializers.CharField()
    previous_hash = serializers.CharField()

    def get_by(self, revision: Revision) -> str:
        """Return the person's initials."""
        initials: dict[int, str] = self.context["initials"]
        return initials.get(revision.by_id or 0, "")


class AliasSerializer(serializers.Serializer[Any]):
    """Another name of a record."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    code = serializers.CharField(source="code.code")
    record_type = serializers.CharField(source="code.record_type")
    record_id = serializers.IntegerField(source="code.record_id")


class JobSerializer(serializers.Serializer[Job]):
    """One piece of long work: where it stands, how far it is, and what came of it."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(JobState.choices)
    is_cancelling = serializers.BooleanField()
    done_count = serializers.IntegerField()
    total_count = serializers.IntegerField(allow_null=True)
    log = serializers.CharField()
    result = serializers.JSONField(allow_null=True)
    error = serializers.CharField()
    attempt = serializers.IntegerField()
    by = serializers.SerializerMethodField()
    project = serializers.CharField(source="project.slug", allow_null=True, default=None)
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)

    def get_by(self, job: Job) -> str:
        """Return the initials of who asked for it."""
        initials: dict[int, str] = self.context["initials"]
        return initials.get(job.created_by_id, "")
