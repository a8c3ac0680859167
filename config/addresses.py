"""Addresses that lead nowhere, whatever stands behind them."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse


def no_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Nothing is named with a NUL in it, and a database need not be asked: some refuse to be.

    The API answers such addresses itself, in its own form.
    """

    def guarded(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info and not request.path_info.startswith("/api/"):
            raise Http404
        return get_response(request)

    return guarded
