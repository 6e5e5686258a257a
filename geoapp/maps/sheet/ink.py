"""What is drawn, in one description that all writers follow: shapes, circles and text, in millimetres, from below."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from geoapp.catalog.model import Pattern
from geoapp.maps.sheet.lettering import MM_PER_PT, REGULAR, width_mm, written

Points = NDArray[np.float64]
Rings = Sequence[Points]


@dataclass(frozen=True)
class Box:
    """A rectangle in millimetres."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y + self.height

    def grown(self, by: float) -> "Box":
        """The rectangle with some room added on each side."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def overlaps(self, other: "Box") -> bool:
        """Both have ground in common."""
        return self.x < other.right and other.x < self.right and self.y < other.top and other.y < self.top

    def holds(self, other: "Box") -> bool:
        """The other lies within."""
        inside = self.x <= other.x and other.right <= self.right
        return inside and self.y <= other.y and other.top <= self.top


@dataclass(frozen=True)
class Look:
    """How shapes are painted. Colours #rrggbb; lengths in millimetres; ``lines``: the colour of the pattern."""

    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    pattern: Pattern = Pattern.NONE
    lines: str = ""


@dataclass(frozen=True)
class Shapes:
    """Shapes of one look, painted one after another; each is some rings, or some lines where ``closed`` is not set."""

    look: Look
    shapes: Sequence[Rings]
    closed: bool = True


@dataclass(frozen=True)
class Circles:
    """Circles of one look: centres (n, 2)."""

    look: Look
    centres: Points
    radius: float


@dataclass(frozen=True)
class Text:
    """One line of text. ``x``, ``y``: the start of its base line; ``angle``: degrees; ``halo``: a colour around it."""

    x: float
    y: float
    text: str
    size_pt: float
    weight: int = REGULAR
    colour: str = "#17212b"
    angle: float = 0.0
    halo: str | None = None


@dataclass(frozen=True)
class Link:
    """A place on the page that opens an address, or another page of the same file (counted from 0)."""

    box: Box
    address: str = ""
    page: int | None = None


@dataclass(frozen=True)
class Window:
    """What is seen through a rectangle only."""

    box: Box
    items: "list[Item]"


Item = Shapes | Circles | Text | Window | Link


@dataclass
class Ink:
    """A drawing as it grows. ``items``: in drawing order; ``symbol``: how much larger than on screen symbols are."""

    symbol: float = 1.0
    items: list[Item] = field(default_factory=list)

    @contextmanager
    def window(self, box: Box) -> Iterator["Ink"]:
        """Another drawing that is seen through a rectangle of this one."""
        inner = Ink(self.symbol)
        yield inner
        self.items.append(Window(box, inner.items))

    def rectangle(self, box: Box, look: Look) -> None:
        """A rectangle."""
        corners = [(box.x, box.y), (box.right, box.y), (box.right, box.top), (box.x, box.top)]
        self.items.append(Shapes(look, [[np.array(corners)]]))

    def line(self, points: Iterable[tuple[float, float]], look: Look) -> None:
        """A line through some points."""
        self.items.append(Shapes(look, [[np.array(list(points), dtype=float)]], closed=False))

    def lines(self, lines: Sequence[Sequence[tuple[float, float]]], look: Look) -> None:
        """Some lines of one look."""
        if lines:
            self.items.append(Shapes(look, [[np.array(line, dtype=float) for line in lines]], closed=False))

    def circle(self, x: float, y: float, radius: float, look: Look) -> None:
        """A circle."""
        self.items.append(Circles(look, np.array([(x, y)]), radius))

    def text(self, place: tuple[float, float], text: str, style: "Type", align: str = "left") -> None:
        """One line of text on its base line; ``align``: which end of it, or its middle, stands at the place."""
        shift = {"left": 0.0, "middle": 0.5, "right": 1.0}[align]
        x, y = place
        set_text = written(text)
        if shift:
            length = shift * width_mm(set_text, style.size_pt, style.weight)
            x, y = (x, y - length) if style.angle else (x - length, y)
        self.items.append(Text(x, y, set_text, style.size_pt, style.weight, style.colour, style.angle, style.halo))


@dataclass(frozen=True)
class Type:
    """How a text is set. ``angle``: 0 or 90 degrees."""

    size_pt: float
    weight: int = REGULAR
    colour: str = "#17212b"
    angle: float = 0.0
    halo: str | None = None

    @property
    def height(self) -> float:
        """The size in millimetres."""
        return self.size_pt * MM_PER_PT

    @property
    def leading(self) -> float:
        """From one base line to the next, in millimetres; Vietnamese needs room for two marks."""
        return self.size_pt * MM_PER_PT * 1.38

    def width(self, text: str) -> float:
        """How wide a text is, in millimetres."""
        return width_mm(text, self.size_pt, self.weight)


def texts(items: Iterable[Item]) -> Iterator[Text]:
    """Every text of a drawing, those in windows too."""
    for item in items:
        if isinstance(item, Text):
            yield item
        elif isinstance(item, Window):
            yield from texts(item.items)
