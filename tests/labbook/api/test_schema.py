"""The schema of the API: made without a warning, and telling of every address."""

from typing import Any

from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from tests.test_permissions_walk import addresses

LEFT_OUT = {"api_schema", "api_docs"}


def made() -> dict[str, Any]:
    GENERATOR_STATS.reset()
    generator: Any = SchemaGenerator
    schema: dict[str, Any] = generator().get_schema(request=None, public=True)
    return schema


def test_the_schema_is_valid_and_made_without_a_warning() -> None:
    validate: Any = validate_schema
    schema = made()

    validate(schema)
    assert not GENERATOR_STATS


def test_the_schema_tells_of_every_address_of_the_api() -> None:
    told = {path.replace("{key}", "<str:key>") for path in made()["paths"]}
    there = {
        f"/{one.pattern}"
        for one in addresses()
        if one.pattern.startswith("api/v1/") and not one.name.endswith("_as") and one.name not in LEFT_OUT
    }

    assert there == told


def test_every_operation_has_words_a_shape_for_its_answer_and_one_for_its_errors() -> None:
    for path, methods in made()["paths"].items():
        for method, operation in methods.items():
            answers = operation["responses"]
            shapes = [answer["content"]["application/json"]["schema"] for answer in answers.values()]
            assert operation["summary"], f"{method} {path}"
            assert all(shapes), f"{method} {path}"
            assert {"401", "403"} <= answers.keys(), f"{method} {path}"
