"""How much of the machine one uploaded file may take, and the setting of those limits."""

import resource
import signal
from pathlib import Path

MEGABYTE = 1024 * 1024

MAX_FILE_BYTES = 200 * MEGABYTE  # half a million rows of a wide register as CSV are 130 MB
MAX_SHEETS = 250
MAX_ROWS = 1_048_576  # what spreadsheet programs hold
MAX_COLUMNS = 1_000  # the widest real register seen has under 100
MAX_CELLS = 20_000_000
MAX_CELL_CHARACTERS = 32_767  # what spreadsheet programs hold

MAX_ZIP_ENTRIES = 5_000
MAX_UNPACKED_BYTES = 1_024 * MEGABYTE
MAX_UNPACKED_RATIO = 100
RATIO_FLOOR_BYTES = 50 * MEGABYTE  # below this no ratio does harm; blank styled rows pack well

CHILD_MEMORY_BYTES = 1_350 * MEGABYTE  # on top of what the started process has mapped
CHILD_CPU_SECONDS = 50
ANSWER_FILE_BYTES = 1_024 * MEGABYTE
FIRST_READER_SECONDS = 35.0  # by the clock; with the second they stay within a minute
SECOND_READER_SECONDS = 18.0

LONGEST_SHEET_NAME = 255  # what the database holds; Excel allows 31, others more

# What the parent will hold once it has the answer: an honest file of n bytes needs a few times n,
# a small file that would need more than the floor is blowing itself up, and none may have more
# than the ceiling, which half a million rows of a wide register do with.
PARENT_FLOOR_BYTES = 96 * MEGABYTE
PARENT_BYTES_PER_FILE_BYTE = 12
PARENT_CEILING_BYTES = 256 * MEGABYTE


def confine(*, wall_seconds: float) -> None:
    """Bind this process to the limits; it can never lift them again."""
    memory = _mapped_bytes() + CHILD_MEMORY_BYTES
    for what, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, CHILD_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, ANSWER_FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (limit, limit))
    # Ends the process even when the parent that should do so is gone.
    signal.setitimer(signal.ITIMER_REAL, wall_seconds + 2)


def parent_allowance(file_bytes: int) -> int:
    """Bytes the answer to a file of this size may take in the parent's memory."""
    wanted = max(PARENT_FLOOR_BYTES, PARENT_BYTES_PER_FILE_BYTE * file_bytes)
    return min(wanted, PARENT_CEILING_BYTES)


def _mapped_bytes() -> int:
    """Address space in use now; 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0
    return int(statm.read_text().split()[0]) * resource.getpagesize()
