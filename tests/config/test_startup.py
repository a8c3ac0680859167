import subprocess
import sys

from config.settings import BASE_DIR

HEAVY = ("pandas", "numpy", "sklearn")


def test_web_process_starts_without_the_heavy_libraries():
    code = (
        "import config.wsgi, config.urls, sys;"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BASE_DIR, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
