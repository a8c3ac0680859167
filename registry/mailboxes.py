"""E-mail addresses as they are compared: how one is kept, and which are the same mailbox."""

import re
import unicodedata

import idna

# The part before @ as every mail server takes it: words between single dots. Without a question
# mark, for mail programs read "=?utf-8?q?...?=" as another address than the one that is compared.
WORD = r"[a-z0-9!#$%&'*+/=^_`{|}~-]+"
LOCAL = re.compile(rf"(?=.{{1,64}}$){WORD}(?:\.{WORD})*", re.ASCII)
# The domain is a name with a dot, no number.
DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)", re.ASCII)
LONGEST = 254  # as mail servers pass it on, and as it is kept
NOT_ONE = "Give an e-mail address like name@example.org."


def as_kept(text: str) -> str:
    """In small letters and with a domain of the letters that mail servers know.

    Raises ValueError with a sentence for what is no address that strangers can be written at.
    """
    local, at, domain = unicodedata.normalize("NFKC", text).strip().lower().rpartition("@")
    try:
        domain = idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        raise ValueError(NOT_ONE) from None
    found = f"{local}@{domain}"
    if not (at and LOCAL.fullmatch(local) and DOMAIN.fullmatch(domain)) or len(found) > LONGEST:
        raise ValueError(NOT_ONE)
    return found


def mailbox(address: str) -> str:
    """Where mail to it ends: what follows + is a label of the same person's."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"
