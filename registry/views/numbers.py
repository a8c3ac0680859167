"""Numbers that forms send."""


def number(text: str) -> int:
    """A number as a page of ours sends it; a very large one for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 10**10
