"""What holds for every address, whatever stands behind it."""

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


def no_body_for_head(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Who asks with HEAD hears what GET would say of the answer, and not the answer.

    Servers for testing cut the body off; those for serving leave it to us.
    """

    def guarded(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD":
            if response.streaming:
                response.streaming_content = []  # type: ignore[attr-defined]
            else:
                response.content = b""
        return response

    return guarded
