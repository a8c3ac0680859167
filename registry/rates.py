"""How often one caller may ask for one thing, whichever process of the machine answers."""

import time
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from registry.tally import Tally

SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
# What one customer of a provider is given: each of its addresses would else be a caller anew.
IPV6_SHARED = 64


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times in each span of so many seconds."""

    number: int
    seconds: int


def rate(of: str) -> Rate:
    """As settings have it: "600/minute"; the first letters of the span are enough."""
    number, _, span = settings.RATES[of].partition("/")
    return Rate(int(number), next(s for word, s in SECONDS.items() if word.startswith(span)))


def within(of: str, who: str) -> float:
    """Count one more; 0 if it is within the rate, else the seconds to wait."""
    allowed, now = rate(of), time.time()
    span, passed = divmod(now, allowed.seconds)
    number = tally(settings.TALLY, settings.SECRET_KEY).count(f"{of} {who}", int(span))
    return 0 if number <= allowed.number else allowed.seconds - passed


COME_TOMORROW = (
    "We have sent as many e-mails to confirm something today as we may. Come back tomorrow."
)


def enough_for_today() -> bool:
    """Count one more mail to an address that somebody typed; whether a day has no room for it."""
    return bool(within("confirmations of all", "everybody"))


@lru_cache(maxsize=1)
def tally(path: str | Path, secret: str) -> Tally:
    return Tally(Path(path), secret)


def machine(request: HttpRequest | Request) -> str:
    """Whence somebody asks, behind as many proxies as settings say."""
    # It reads of the request only what both kinds have.
    told = str(BaseThrottle().get_ident(cast(Request, request)))
    try:
        address = ip_address(told)
    except ValueError:  # a proxy's own words
        return told
    if not isinstance(address, IPv6Address):
        return told
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), IPV6_SHARED), strict=False))
