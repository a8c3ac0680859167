"""Middleware that tells the registry when a page is being answered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from registry.actions.known_names import answering


def answering_a_page(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        token = answering.set(True)
        try:
            return get_response(request)
        finally:
            answering.reset(token)

    return answer
