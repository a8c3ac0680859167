"""`python -m benchmarks [NAME ...]`: every benchmark, or those named; `make bench` calls it."""

import importlib
import sys

NAMES = (
    *("importing", "uploading", "windows", "freshness", "suppliers", "classifying", "pooling"),
    "api",
)


def main(names: list[str]) -> None:
    for name in names or NAMES:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").run()


if __name__ == "__main__":
    main(sys.argv[1:])
