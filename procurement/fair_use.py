"""How often one address or one key may ask, whichever process answers."""

import time
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from procurement.models import ApiKey
from procurement.tally import Tally

HEADER = "X-API-Key"
SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times in each span of so many seconds."""

    number: int
    seconds: int


def rate(of: str) -> Rate:
    """As settings have it: "600/minute"; the first letters of the span are enough."""
    number, _, span = settings.API_RATES[of].partition("/")
    return Rate(int(number), next(s for word, s in SECONDS.items() if word.startswith(span)))


def within(of: str, who: str) -> float:
    """Count one more; 0 if it is within the rate, else the seconds to wait."""
    allowed, now = rate(of), time.time()
    span, passed = divmod(now, allowed.seconds)
    number = tally(settings.API_TALLY, settings.SECRET_KEY).count(f"{of} {who}", int(span))
    return 0 if number <= allowed.number else allowed.seconds - passed


@lru_cache(maxsize=1)
def tally(path: str | Path, secret: str) -> Tally:
    return Tally(Path(path), secret)


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
        self.left = within("address", self.get_ident(request))
        if not self.left and key is not None:
            raise KeyRefusedError
        return not self.left

    def wait(self) -> float:
        return self.left


def digest_of(key: str) -> str:
    return sha256(key.encode(errors="replace")).hexdigest()
