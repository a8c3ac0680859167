"""Pictures of joint buys as SVG text, each from plain values."""

from procurement.pictures.contracts import Bar, WindowPicture
from procurement.pictures.layout import MOST_BARS
from procurement.pictures.thumbnail import window_thumbnail
from procurement.pictures.window import window_picture

__all__ = ["MOST_BARS", "Bar", "WindowPicture", "window_picture", "window_thumbnail"]
