"""What the API answers when it cannot answer: problem details as RFC 9457 has them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"
# In characters; as many codes as one parameter takes are an eighth of it.
LONGEST_ADDRESS = 4000


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its name in `type`, its title, and what to do about it."""

    status: int
    name: str
    title: str
    means: str


KINDS: Mapping[int, Kind] = {
    kind.status: kind
    for kind in (
        Kind(
            status.HTTP_400_BAD_REQUEST,
            "bad-parameter",
            "A parameter cannot be used",
            "A parameter is unknown, repeated, blank or not of its kind; “errors” names each.",
        ),
        Kind(
            status.HTTP_401_UNAUTHORIZED,
            "no-such-key",
            "This key is not known",
            "It was revoked or is misspelt. Send another, or none: then the common limit holds.",
        ),
        Kind(
            status.HTTP_404_NOT_FOUND,
            "not-found",
            "There is nothing at this address",
            "No such thing is in the registry, or it is there no longer.",
        ),
        Kind(
            status.HTTP_405_METHOD_NOT_ALLOWED,
            "read-only",
            "This service is for reading",
            "Only GET and HEAD are answered.",
        ),
        Kind(
            status.HTTP_406_NOT_ACCEPTABLE,
            "not-acceptable",
            "Only JSON is served here, or CSV",
            "The Accept header leaves out application/json (at addresses in .csv, text/csv).",
        ),
        Kind(
            status.HTTP_414_REQUEST_URI_TOO_LONG,
            "address-too-long",
            "This address is too long",
            f"An address has at most {LONGEST_ADDRESS:,} characters. Ask in several requests.",
        ),
        Kind(
            status.HTTP_429_TOO_MANY_REQUESTS,
            "too-many-requests",
            "Too many requests",
            "The share of this address or key is used up; Retry-After says for how many seconds.",
        ),
    )
}


class AddressTooLongError(exceptions.APIException):
    """What is asked does not fit an address."""

    status_code = status.HTTP_414_REQUEST_URI_TOO_LONG
    default_detail = KINDS[status_code].means


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an error that is the caller's; None for ours, which is raised on."""
    answer = exception_handler(error, context)
    if answer is None:
        return None
    request: Request = context["request"]
    answer.data = problem(as_api_error(error), request.path)
    answer.content_type = MEDIA_TYPE
    return answer


def as_api_error(error: Exception) -> exceptions.APIException:
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    assert isinstance(error, exceptions.APIException)  # noqa: S101 - nothing else is handled
    return error


def problem(error: exceptions.APIException, path: str) -> dict[str, Any]:
    kind = KINDS.get(error.status_code)
    told = {
        "type": f"/api/guide/#{kind.name}" if kind else "about:blank",
        "title": kind.title if kind else str(error.default_detail),
        "status": error.status_code,
        "instance": path,
    }
    if isinstance(error, exceptions.ValidationError):
        faults = list(named(error.detail))
        return {**told, "detail": faults[0]["detail"], "errors": faults}
    return {**told, "detail": str(error.detail)}


def named(detail: Any) -> Iterator[dict[str, str]]:
    """Each fault with the parameter it is about."""
    faults = detail.items() if isinstance(detail, dict) else [("", detail)]
    for name, sentences in faults:
        for sentence in sentences if isinstance(sentences, list) else [sentences]:
            yield {"name": str(name), "detail": str(sentence)}
