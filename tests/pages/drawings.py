"""Reads drawings back: what is written, where, and how large."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from bot.pages.fonts import width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Line:
    text: str
    x: float
    y: float
    size: float
    fill: str
    wide: float
    anchor: str
    turned: bool
    ground: str  # the fill of the topmost rectangle or circle under its middle

    @property
    def span(self) -> tuple[float, float]:
        before = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return self.x - self.wide * before, self.x + self.wide * (1 - before)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def lines(svg: str) -> list[Line]:
    found: list[Line] = []
    beneath: list[ET.Element] = []
    for element in parsed(svg):
        if element.tag == f"{SVG}text":
            found.append(_line(element, beneath))
        elif element.tag in {f"{SVG}rect", f"{SVG}circle"} and element.attrib["fill"] != "none":
            beneath.append(element)
    return found


def texts(svg: str) -> list[str]:
    return [line.text for line in lines(svg)]


def hints(svg: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter(f"{SVG}title")][1:]


def _covers(shape: ET.Element, x: float, y: float) -> bool:
    side = {key: float(shape.get(key, 0)) for key in ("x", "y", "width", "height", "cx", "cy", "r")}
    if shape.tag.endswith("circle"):
        return (x - side["cx"]) ** 2 + (y - side["cy"]) ** 2 <= side["r"] ** 2
    return side["x"] <= x <= side["x"] + side["width"] and side["y"] <= y <= side["y"] + side["height"]


def _line(element: ET.Element, beneath: list[ET.Element]) -> Line:
    text, size = element.text or "", float(element.attrib["font-size"])
    wide = width(text, size, bold=element.get("font-weight") == "700")
    before = {"start": -0.5, "middle": 0.0, "end": 0.5}[element.get("text-anchor", "start")]
    middle = float(element.attrib["x"]) - before * wide, float(element.attrib["y"]) - 0.36 * size
    return Line(
        text=text,
        x=float(element.attrib["x"]),
        y=float(element.attrib["y"]),
        size=size,
        fill=element.attrib["fill"],
        wide=wide,
        anchor=element.get("text-anchor", "start"),
        turned="transform" in element.attrib,
        ground=[shape.attrib["fill"] for shape in beneath if _covers(shape, *middle)][-1],
    )
