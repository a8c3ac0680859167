"""How often each asked in the present span of time, for all processes of one machine.

One small file, mapped into memory: a slot for each caller by a keyed digest, so that nobody can
choose whose slot to share. A slot holds the rest of the digest, the span and the number.
"""

import fcntl
import mmap
import os
import struct
from hashlib import blake2b
from pathlib import Path
from threading import Lock

SLOT = struct.Struct("<QII")
SLOTS = 65_536


class Tally:
    def __init__(self, path: Path, secret: str) -> None:
        self.secret = blake2b(secret.encode()).digest()
        self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self.file, SLOT.size * SLOTS)
        self.slots = mmap.mmap(self.file, SLOT.size * SLOTS)
        self.lock = Lock()  # the file's own lock is between processes alone

    def count(self, who: str, span: int) -> int:
        """Count one more in this span; how many there are with it."""
        digest = blake2b(who.encode(), key=self.secret, digest_size=16).digest()
        mark, place = struct.unpack("<QQ", digest)
        at = place % SLOTS * SLOT.size
        with self.lock:
            fcntl.lockf(self.file, fcntl.LOCK_EX, SLOT.size, at)
            try:
                held = SLOT.unpack_from(self.slots, at)
                number = held[2] + 1 if held[:2] == (mark, span) else 1
                SLOT.pack_into(self.slots, at, mark, span, number)
            finally:
                fcntl.lockf(self.file, fcntl.LOCK_UN, SLOT.size, at)
        return number

    def __del__(self) -> None:
        self.slots.close()
        os.close(self.file)
