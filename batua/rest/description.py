"""The API as it describes itself: ninja's OpenAPI 3.1, completed by the errors that every route can answer."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema

from batua.rest import problems
from batua.rest.bodies import StrictParser

_BODILESS = {"get", "delete", "head"}


class NameTakenError(Exception):
    """Two lists of choices have one name: one of them would be described by the other's."""


class Description(OpenAPISchema):
    """ninja's description, which notices what ninja would overwrite in silence."""

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        for name, definition in definitions.items():
            known = self.schemas.get(name, definition)
            if "enum" in definition and known != definition:
                raise NameTakenError(f"{name} is {known['enum']} and {definition['enum']}: describe one of them inline")
        super().add_schema_definitions(definitions)


class Api(NinjaAPI):
    """A NinjaAPI whose errors are problems, and whose description tells them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parser=StrictParser(), docs_url=None, **options)
        problems.install(self)

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        schema = Description(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)
        details = problems.ProblemDetails.model_json_schema(ref_template=REF_TEMPLATE)
        schema["components"]["schemas"]["ProblemDetails"] = details
        for path in schema["paths"].values():
            for method, operation in path.items():
                _lift_definitions(operation, schema["components"]["schemas"])
                _complete(operation, method)
        return schema


def _lift_definitions(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """A body described by hand brings the types of its fields along."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schemas.update(content["schema"].pop("$defs", {}))


def _complete(operation: dict[str, Any], method: str) -> None:
    answers = operation["responses"]
    for status in sorted(_errors_of(operation, method) | {code for code in answers if code >= 400}):
        answers[status] = _problem(status)


def _errors_of(operation: dict[str, Any], method: str) -> set[int]:
    """What can go wrong with any route of this shape."""
    parameters = operation.get("parameters", [])
    places, names = {one["in"] for one in parameters}, {one["name"] for one in parameters}
    possible = {400, 429}
    if operation.get("security"):
        # A key of another household is not there, and so is a household that is not theirs (X-Household).
        possible |= {401, 403, 404}
    if places:
        possible.add(422)
    if "path" in places:
        possible.add(404)
    if "requestBody" in operation or method not in _BODILESS:
        possible |= {403, 413, 415, 422}
    if "If-Match" in names:
        possible.add(412)
    return possible


def _problem(status: int) -> dict[str, Any]:
    kind = problems.KINDS[status]
    example = {"type": f"urn:batua:{kind.name}", "title": str(kind.title), "status": status, "detail": str(kind.detail)}
    if status == 422:
        example["errors"] = {"amount": ["This is missing."]}
    content = {"schema": {"$ref": REF_TEMPLATE.format(model="ProblemDetails")}, "example": example}
    headers = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    described: dict[str, Any] = {"description": str(kind.title), "content": {problems.CONTENT_TYPE: content}}
    return described | ({"headers": headers} if status == 429 else {})
