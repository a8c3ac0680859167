"""Entries by key, held small: one number, or a list once there are several."""

from collections.abc import Iterator

Postings = dict[str, int | list[int]]


def post(postings: Postings, key: str, entry: int) -> None:
    held = postings.get(key)
    if held is None:
        postings[key] = entry
    elif isinstance(held, int):
        postings[key] = [held, entry]
    else:
        held.append(entry)


def entries_of(postings: Postings, key: str) -> Iterator[int]:
    held = postings.get(key)
    if held is None:
        return iter(())
    return iter((held,)) if isinstance(held, int) else iter(held)


def size(held: int | list[int] | None) -> int:
    if held is None:
        return 0
    return 1 if isinstance(held, int) else len(held)
