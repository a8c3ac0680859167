"""Nations and English regions as tiles that lie as they do on a map, each with its value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from procurement.pictures.svg import ACCENT, INK, PAPER, RULE, Markup, box, group, picture, words
from procurement.pictures.svg import pounds as in_words

# Column and row of each on the map, and the letters that stand for it.
PLACES: Mapping[str, tuple[int, int, str]] = {
    "S92000003": (1, 0, "SC"),
    "N92000002": (0, 1, "NI"),
    "E12000001": (2, 1, "NE"),
    "E12000002": (1, 2, "NW"),
    "E12000003": (2, 2, "YH"),
    "W92000004": (0, 3, "WA"),
    "E12000005": (1, 3, "WM"),
    "E12000004": (2, 3, "EM"),
    "E12000006": (3, 3, "EE"),
    "E12000009": (1, 4, "SW"),
    "E12000008": (2, 4, "SE"),
    "E12000007": (3, 4, "LO"),
}
COLUMNS, ROWS = 4, 5
# From nothing to the most: paler to darker, in steps that are told apart in grey.
SHADES = ("#ffffff", "#d7e8e5", "#9cc8c1", "#4f958b", ACCENT)
# From this shade on words are white.
DARK = 3
GAP = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """An area, and pounds a year; None where nothing is known of it."""

    code: str
    name: str
    pounds: Decimal | None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    width: int
    height: int  # of a tile
    name_size: int  # of the words; 0 where there is no room for a name
    value_size: int

    @property
    def column(self) -> float:
        return (self.width - GAP * (COLUMNS - 1)) / COLUMNS


WIDE, NARROW = Layout(760, 72, 12, 15), Layout(358, 58, 0, 11)


def tile_map(tiles: Sequence[Tile], *, name: str = "map", compact: bool = False) -> Markup:
    """Darker where more is ending; letters and the value stand on each tile."""
    layout = NARROW if compact else WIDE
    most = max((tile.pounds or Decimal(0) for tile in tiles), default=Decimal(0))
    places = placed(tiles)
    rows = max((row for _, row, _ in places.values()), default=ROWS - 1) + 1
    marks = [drawn(tile, places[tile.code], most, layout) for tile in tiles]
    said = (
        "Tiles that lie as the nations and regions do on a map, darker where contracts worth more "
        "a year end. Each has its letters and its value, or a dash where nothing is known. "
        "The table below says the same."
    )
    return picture(
        marks,
        name=name,
        titles=("Where contracts end", said),
        size=(layout.width, rows * (layout.height + GAP)),
    )


def placed(tiles: Sequence[Tile]) -> Mapping[str, tuple[int, int, str]]:
    """Areas that are not on the map, such as invented ones, stand below it."""
    others = [tile for tile in tiles if tile.code not in PLACES]
    below = {
        tile.code: (n % COLUMNS, ROWS + n // COLUMNS, tile.name[:2].upper())
        for n, tile in enumerate(others)
    }
    return {**PLACES, **below} if below else PLACES


def drawn(tile: Tile, place: tuple[int, int, str], most: Decimal, layout: Layout) -> Markup:
    column, row, letters = place
    x, y = column * (layout.column + GAP), float(row * (layout.height + GAP))
    shade = shade_of(tile.pounds, most)
    ink = PAPER if shade >= DARK else INK
    edge = {"stroke": INK, "stroke_width": 4} if tile.chosen else {"stroke": RULE}
    parts = [
        box(x + 2, y + 2, layout.column - 4, layout.height - 4.0, fill=SHADES[shade], **edge),
        words(x + 10, y + 22, letters, fill=ink, font_weight="bold", font_size=15),
        words(x + 10, y + layout.height - 12, in_words(tile.pounds), fill=ink,
              font_size=layout.value_size),
    ]  # fmt: skip
    if layout.name_size:
        parts.append(words(x + 10, y + 40, tile.name, fill=ink, font_size=layout.name_size))
    return group(*parts)


def shade_of(pounds: Decimal | None, most: Decimal) -> int:
    """The step of an amount: 0 for nothing, the last for the most."""
    if not pounds:
        return 0
    return int((pounds * (len(SHADES) - 1) / most).quantize(Decimal(1), ROUND_CEILING))
