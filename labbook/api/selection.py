"""Selection of fields: `?fields=code,size.edge_length_nm` leaves the rest out, of rows and of tables."""

from collections.abc import Iterable

from rest_framework.serializers import BaseSerializer, Serializer

from labbook.api.errors import ApiError, field_error


def columns_of(serializer: Serializer[object]) -> list[str]:
    """Return every field of a row, those of a nested record after a dot."""
    names: list[str] = []
    for name, one in serializer.fields.items():
        if isinstance(one, Serializer):
            names += [f"{name}.{inner}" for inner in columns_of(one)]
        else:
            names.append(name)
    return names


def select(serializer: Serializer[object], text: str | None) -> list[str]:
    """Keep the fields that an address names and return the columns in its order; unknown ones are answered 400."""
    columns = columns_of(serializer)
    if not text:
        return columns
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    chosen: list[str] = []
    for name in wanted:
        found = [column for column in columns if column == name or column.startswith(f"{name}.")]
        if not found:
            message = f"There is no field “{name[:60]}”. There are: {', '.join(columns)}."
            raise ApiError(400, message, [field_error("fields", message)])
        chosen += [column for column in found if column not in chosen]
    keep(serializer, chosen)
    return chosen


def keep(serializer: Serializer[object], columns: Iterable[str]) -> None:
    """Leave only these columns in a serializer."""
    wanted: dict[str, list[str]] = {}
    for column in columns:
        name, _, inner = column.partition(".")
        wanted.setdefault(name, []).append(inner)
    for name in list(serializer.fields):
        one: object = serializer.fields[name]
        if name not in wanted:
            serializer.fields.pop(name)
        elif isinstance(one, Serializer) and isinstance(one, BaseSerializer):
            keep(one, wanted[name])
