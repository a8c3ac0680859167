"""The built static files carry our brand and nothing of government's."""

import re
from pathlib import Path

import pytest

from config import assets

CSS = (
    "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
    "/* any comment */.a{font-family:GDS Transport,arial,sans-serif;color:#1d70b8}"
    ".b:before{background:url(/assets/images/govuk-crest.svg)}"
    ".footer__crown{margin:0}"
    ".c{background:url(/assets/images/icon-document.svg)}"
    "/*# sourceMappingURL=x.css.map */"
)


@pytest.fixture(scope="module")
def built() -> list[Path]:
    files = [path for path in assets.BUILT.rglob("*") if path.is_file()]
    if not files:
        pytest.skip("static/built is not there: run `make setup`")
    return files


def test_own_brand_leaves_arial_teal_and_plain_icons():
    assert assets.own_brand(CSS) == (
        ".a{font-family:arial,sans-serif;color:#0a4f52}.c{background:url(images/icon-document.svg)}"
    )


def test_images_of_leaves_the_crest_out():
    assert assets.images_of(CSS) == {"icon-document.svg"}


def test_own_script_names_no_source_map():
    assert assets.own_script("a();//# sourceMappingURL=a.js.map\n") == "a();\n"


def test_find_npm_takes_the_system_one_first(monkeypatch):
    monkeypatch.setattr(assets.shutil, "which", lambda name: f"/somewhere/{name}")

    assert assets.find_npm() == Path("/somewhere/npm")


def test_find_npm_installs_the_locked_one_where_there_is_none(monkeypatch, tmp_path):
    commands: list[list[str]] = []
    monkeypatch.setattr(assets.shutil, "which", lambda _: None)
    monkeypatch.setattr(assets.sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(assets.subprocess, "run", lambda command, **_: commands.append(command))

    assert assets.find_npm() == tmp_path / "npm"
    [command] = commands
    assert command[-3:] == ["--require-hashes", "-r", str(assets.ROOT / "requirements/node.txt")]


def test_built_text_names_no_font_crest_or_source_map(built):
    forbidden = re.compile(
        r"gds transport|@font-face|crest|crown|\.woff|sourcemapping", re.IGNORECASE
    )

    named = {
        (path.name, match)
        for path in built
        if path.suffix in {".css", ".js", ".svg"}
        for match in forbidden.findall(path.read_text(encoding="utf-8"))
    }

    assert named == set()


def test_built_files_are_no_fonts_and_no_government_pictures(built):
    kinds = {path.suffix for path in built if path.name != ".stamp"}
    pictures = [path.name for path in built if re.search(r"crest|crown|govuk-icon", path.name)]

    assert kinds == {".css", ".js", ".svg"}
    assert pictures == []


def test_built_styles_keep_nothing_of_the_blue(built):
    text = "".join(path.read_text("utf-8").lower() for path in built if path.suffix == ".css")

    assert [colour for colour in assets.COLOURS if colour in text] == []


def test_every_picture_a_built_style_asks_for_is_there(built):
    asked = {
        assets.BUILT / name
        for path in built
        if path.suffix == ".css"
        for name in re.findall(r"url\(([^)]+)\)", path.read_text("utf-8"))
        if not name.startswith(("data:", '"data:'))
    }

    assert asked
    assert asked <= set(built)


def test_colours_of_words_have_seven_to_one_on_white():
    assert min(contrast_on_white(assets.COLOURS[blue]) for blue in ("#1d70b8", "#1a65a6")) >= 7


def contrast_on_white(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (light + 0.05)


def test_lock_names_no_addresses():
    lock = (assets.ROOT / "package-lock.json").read_text(encoding="utf-8")

    assert "http" not in lock
