"""Turns the documents of the views into the OpenAPI schema."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from labbook.api.documents import Document, Parameter
from labbook.api.serializers import ErrorSerializer

TYPES = {
    "string": OpenApiTypes.STR, "integer": OpenApiTypes.INT, "boolean": OpenApiTypes.BOOL,
    "number": OpenApiTypes.NUMBER,
}  # fmt: skip
JSON = "application/json"
MEANINGS = {
    400: "The request is malformed: a parameter or field that does not exist, or a version that is not genuine.",
    401: "Nobody is signed in: send a token.",
    403: "Your role does not allow this.",
    404: "There is no such record here.",
    409: "Somebody else changed the same fields; `conflicts` has both values.",
    410: "What the record names is not there any more.",
    412: "The record was changed since the version in If-Match.",
    422: "A field is wrong, or the notebook refuses; `offer` says what would make it possible.",
    428: "Send the record's version in If-Match.",
}


class LabbookSchema(AutoSchema):
    """The schema of a view that documents itself, method by method."""

    def is_excluded(self) -> bool:
        """Leave out what has no document."""
        return not hasattr(self.view, "document")

    @property
    def told(self) -> Document:
        """The document of this operation."""
        view: Any = self.view
        document: Document = view.document(self.method)
        return document

    def get_operation_id(self) -> str:
        return self.told.name

    def get_tags(self) -> list[str]:
        return [self.told.tag]

    def get_summary(self) -> str:
        return self.told.summary

    def get_description(self, *_args: Any) -> str:
        return self.told.description or self.told.summary

    def get_override_parameters(self) -> list[Any]:
        query = [parameter(one, OpenApiParameter.QUERY) for one in self.told.parameters]
        return [*query, *(parameter(one, OpenApiParameter.HEADER) for one in self.told.headers)]

    def get_request_serializer(self) -> Any:
        return {self.told.body_type: self.told.body} if self.told.body else None

    def get_response_serializers(self) -> Any:
        told = self.told
        answers: dict[Any, Any] = {(told.status, JSON): told.answer}
        if told.has_table:
            answers[(told.status, "text/csv")] = OpenApiTypes.STR
        for status in sorted(told.errors):
            answers[(status, JSON)] = OpenApiResponse(ErrorSerializer, MEANINGS[status])
        return answers


def parameter(one: Parameter, location: Any) -> OpenApiParameter:
    """Return a parameter as the schema's generator takes it."""
    return OpenApiParameter(one.name, TYPES[one.type], location, description=one.description)
