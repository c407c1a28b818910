"""What the schema says of an operation: its words, parameters, body and answers."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """A word of the address's query."""

    name: str
    description: str
    # One of the schema's basic types.
    type: str = "string"


@dataclass(frozen=True, slots=True)
class Document:
    """One operation of the API, as the schema tells it."""

    name: str
    summary: str
    tag: str
    # A serializer class, or a schema as a mapping.
    answer: Any
    description: str = ""
    status: int = 200
    # The schema of the JSON body; nothing for an operation without one.
    body: dict[str, Any] = field(default_factory=dict)
    body_type: str = "application/json"
    parameters: tuple[Parameter, ...] = ()
    headers: tuple[Parameter, ...] = ()
    has_table: bool = False
    errors: tuple[int, ...] = (400, 401, 403)


IF_MATCH = Parameter("If-Match", "The record's version, as the header ETag of its last answer gave it.")
IDEMPOTENCY = Parameter(
    "Idempotency-Key", "A word of your own, at most 100 letters; a repeated request with it gets the first answer."
)
