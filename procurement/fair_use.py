"""How often one address or one key may ask, whichever process answers."""

from hashlib import sha256
from http import HTTPStatus

from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from procurement.models import ApiKey
from registry.rates import machine, within

HEADER = "X-API-Key"


class KeyRefusedError(APIException):
    """A key that nobody has; it is not taken for none, so that a slip shows."""

    status_code = HTTPStatus.UNAUTHORIZED
    default_detail = "This key is not known. Send another in X-API-Key, or none."
    auth_header = f'ApiKey realm="api", header="{HEADER}"'


class FairUse(BaseThrottle):
    """By key where one is sent and stands, else by address."""

    left = 0.0

    def allow_request(self, request: Request, _view: APIView) -> bool:
        key = request.headers.get(HEADER)
        if key is not None and ApiKey.objects.standing().filter(digest=digest_of(key)).exists():
            self.left = within("key", digest_of(key))
            return not self.left
        # Guessing keys uses up the address's own share.
        self.left = within("address", machine(request))
        if not self.left and key is not None:
            raise KeyRefusedError
        return not self.left

    def wait(self) -> float:
        return self.left


def digest_of(key: str) -> str:
    return sha256(key.encode(errors="replace")).hexdigest()
