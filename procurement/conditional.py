"""Answers that somebody has already: said so with 304 and no body.

The tag is of the answer as written, so it is right under any filter, permission and day. A date
alone cannot tell that a row left a list, so dates are for single things that keep one.
"""

from datetime import datetime
from hashlib import blake2b

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from rest_framework.request import Request

# Headers that a 304 has where the answer itself would.
KEPT = ("ETag", "Last-Modified", "Cache-Control", "Vary", "Access-Control-Allow-Origin")


def or_unchanged(request: Request, response: HttpResponse) -> HttpResponse:
    """The answer with its tag; the tag alone where the caller shows that it has the answer."""
    tag = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
    response["ETag"] = tag
    response.setdefault("Cache-Control", "no-cache")  # kept, and asked about each time
    return not_modified(response) if is_known(request, tag, response) else response


def date_it(response: HttpResponse, changed_at: datetime) -> None:
    response["Last-Modified"] = http_date(changed_at.timestamp())


def is_known(request: Request, tag: str, response: HttpResponse) -> bool:
    """By tag where one is sent, else by date (RFC 9110, section 13.2.2)."""
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        known = parse_etags(tags)
        return "*" in known or tag in known or f"W/{tag}" in known
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    changed = parse_http_date_safe(response.get("Last-Modified", ""))
    return since is not None and changed is not None and changed <= since


def not_modified(response: HttpResponse) -> HttpResponse:
    headers = {name: response[name] for name in KEPT if response.has_header(name)}
    return HttpResponseNotModified(headers=headers)
