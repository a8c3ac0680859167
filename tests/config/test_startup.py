import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest

from config.settings import BASE_DIR

# The processes started here take the database that is set.
pytestmark = pytest.mark.each_database
HEAVY = ("pandas", "numpy", "sklearn")


def test_web_process_starts_without_the_heavy_libraries():
    code = (
        "import config.wsgi, config.urls, sys;"
        # What pages show of single cells and ask of columns.
        "import imports.preview, imports.column_forms, imports.actions.choices;"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BASE_DIR, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("rate", ["600", "600/", "/minute", "600/fortnight", "many/minute"])
def test_a_rate_that_says_no_span_is_refused_as_the_service_starts(rate):
    """For want of one, 600 was taken to be 600 a second."""
    code = [sys.executable, "-c", "import config.settings"]
    done = subprocess.run(
        code,
        cwd=BASE_DIR,
        env={**os.environ, "API_RATE": rate},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode
    assert done.stderr.startswith(f"API_RATE is “{rate}”, not a number of times in a span")


def pinned(name: str) -> set[str]:
    lines = (BASE_DIR / "requirements" / name).read_text()
    return set(re.findall(r"^([a-z0-9.-]+)(?:\[[^]]*\])?==", lines, re.MULTILINE))


def test_the_service_starts_with_only_the_packages_that_run_it():
    checks_only = pinned("dev.txt") - pinned("base.txt")
    hidden = [
        module
        for module, names in packages_distributions().items()
        if all(re.sub("[_.]", "-", name.lower()) in checks_only for name in names)
    ]
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({hidden}));"
        "import config.wsgi, config.urls, config.celery;"
        "from django.core.management import get_commands, load_command_class as load;"
        "[load(app, name) for name, app in get_commands().items() if '.' not in app]"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BASE_DIR, capture_output=True, text=True, check=False
    )

    assert "pytest" in hidden
    assert not done.returncode, done.stderr
