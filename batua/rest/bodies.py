"""What a client may send: JSON that really is JSON, or a form where a route takes both."""

import json
from typing import Any, NoReturn, TypeVar

import pydantic
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import ValidationError
from ninja.openapi.schema import REF_TEMPLATE
from ninja.parser import Parser

from batua.rest.problems import Problem

JSON_TYPES = {"application/json", "application/merge-patch+json"}
FORM_TYPES = {"multipart/form-data", "application/x-www-form-urlencoded"}
Fields = TypeVar("Fields", bound=Schema)
LARGEST_JSON = 1024 * 1024


class StrictParser(Parser):
    """ninja's parser, which looks at the Content-Type and refuses what no database can keep."""

    def parse_body(self, request: HttpRequest) -> Any:
        # A part of a multipart body comes as a bare request without a type: ninja made it, not the client.
        if request.META and request.content_type not in JSON_TYPES:
            raise Problem(415)
        return read_object(request.body)


def read_object(body: bytes) -> dict[str, Any]:
    """The fields of a JSON object. Raises Problem."""
    value = read_json(body)
    if not isinstance(value, dict):
        raise Problem(422, _("Send one JSON object with the fields."))
    return value


def read_json(body: bytes) -> Any:
    """The value of a JSON text. Raises Problem."""
    if len(body) > LARGEST_JSON:
        raise Problem(413, _("JSON may have one megabyte here. Send it in smaller parts."))
    try:
        value = json.loads(body, parse_constant=_refuse)
        # Half of a surrogate pair is JSON, but no text.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Problem(400, _("The body is not JSON in UTF-8.")) from error
    return value


def json_or_form(request: HttpRequest) -> dict[str, Any]:
    """The fields of a body that may be a JSON object or a form. Raises Problem."""
    if request.content_type in FORM_TYPES:
        return {name: request.POST[name] for name in request.POST}
    if request.content_type not in JSON_TYPES:
        raise Problem(415, _("Send application/json or multipart/form-data."))
    return read_object(request.body)


def checked(fields: dict[str, Any], schema: type[Fields]) -> Fields:
    """What ``json_or_form`` read, by a schema; empty fields count as left out. Raises ninja's ValidationError."""
    try:
        return schema.model_validate({name: value for name, value in fields.items() if value != ""})
    except pydantic.ValidationError as error:
        found = [{**each, "loc": ("query", *each["loc"])} for each in error.errors(include_url=False)]
        raise ValidationError(found) from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def described(fields: type[Schema]) -> dict[str, Any]:
    """For ``openapi_extra`` of a route that reads ``json_or_form``: both bodies have these fields."""
    schema = fields.model_json_schema(ref_template=REF_TEMPLATE)
    types = ("application/json", "multipart/form-data")
    return {"requestBody": {"required": True, "content": {name: {"schema": dict(schema)} for name in types}}}
