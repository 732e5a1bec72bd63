"""Plots of the results as SVG: lines over two axes, readable by day and in a dark page, the same bytes each time."""

from dataclasses import dataclass, field

WIDTH, HEIGHT = 640, 380
LEFT, RIGHT, TOP, BOTTOM = 64, 190, 34, 52  # the margins around the axes; the legend stands on the right
COLOURS = ("#0b6fb8", "#d1590b", "#2a8f3d", "#8a4fc7", "#7a7a7a", "#b8860b")
STYLE = """
  text { font: 12px sans-serif; fill: #222 }
  .title { font-weight: bold; font-size: 13px }
  .grid { stroke: #ccc; stroke-width: 0.7 }
  .axis { stroke: #444; fill: none }
  .ideal { stroke: #888; stroke-dasharray: 5 4; fill: none }
  .paper { fill: #fff }
"""


@dataclass
class Line:
    """Points joined in order, with a dot at each; `sizes` are written beside the dots where given."""

    name: str
    points: list  # of (x, y)
    is_dashed: bool = False
    sizes: list = field(default_factory=list)
    colour: int = None  # index into COLOURS; None: the next


@dataclass
class Axis:
    """From `low` to `high`, with a mark and a word at each of `marks`: {value: text}."""

    label: str
    low: float
    high: float
    marks: dict

    def share(self, value):
        return (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)


def write(path, title, across, up, lines, with_ideal=False):
    """Writes one plot. with_ideal draws the diagonal, on which y = x when both axes have the same ends."""
    place = lambda x, y: (LEFT + across.share(x) * (WIDTH - LEFT - RIGHT),
                          HEIGHT - BOTTOM - up.share(y) * (HEIGHT - TOP - BOTTOM))
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
             f'height="{HEIGHT}" role="img">', f"<title>{_text(title)}</title>", f"<style>{STYLE}</style>",
             f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
             f'<text class="title" x="{LEFT}" y="20">{_text(title)}</text>']
    parts += _frame(across, up, place)
    if with_ideal:
        parts.append(_path([place(across.low, up.low), place(across.high, up.high)], 'class="ideal"'))
    for index, line in enumerate(lines):
        parts += _line(line, COLOURS[index if line.colour is None else line.colour], place, index)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*parts, "</svg>"]) + "\n")


def _frame(across, up, place):
    """Grid, marks and labels of the axes."""
    left, bottom = place(across.low, up.low)
    right, top = place(across.high, up.high)
    parts = []
    for value, word in across.marks.items():
        x, _ = place(value, up.low)
        parts.append(f'<path class="grid" d="M{x:.1f} {top:.1f}V{bottom:.1f}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 17:.1f}" text-anchor="middle">{_text(word)}</text>')
    for value, word in up.marks.items():
        _, y = place(across.low, value)
        parts.append(f'<path class="grid" d="M{left:.1f} {y:.1f}H{right:.1f}"/>')
        parts.append(f'<text x="{left - 7:.1f}" y="{y + 4:.1f}" text-anchor="end">{_text(word)}</text>')
    parts.append(f'<path class="axis" d="M{left:.1f} {top:.1f}V{bottom:.1f}H{right:.1f}"/>')
    parts.append(f'<text x="{(left + right) / 2:.1f}" y="{HEIGHT - 12}" text-anchor="middle">'
                 f"{_text(across.label)}</text>")
    middle = (top + bottom) / 2
    parts.append(f'<text x="16" y="{middle:.1f}" text-anchor="middle" transform="rotate(-90 16 {middle:.1f})">'
                 f"{_text(up.label)}</text>")
    return parts


def _line(line, colour, place, index):
    dashes = ' stroke-dasharray="6 4"' if line.is_dashed else ""
    stroke = f'fill="none" stroke="{colour}" stroke-width="2"{dashes}'
    points = [place(*point) for point in line.points]
    parts = [_path(points, stroke)] if len(points) > 1 else []
    if len(points) <= 60:
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    parts += [f'<text x="{x + 5:.1f}" y="{y + 14:.1f}" style="font-size:10px">{_text(size)}</text>'
              for (x, y), size in zip(points, line.sizes)]
    y, x = TOP + 10 + 18 * index, WIDTH - RIGHT + 12
    parts.append(_path([(x, y), (x + 22, y)], stroke))
    parts.append(f'<text x="{x + 28}" y="{y + 4}">{_text(line.name)}</text>')
    return parts


def _path(points, attributes):
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path d="M{steps}" {attributes}/>'


def _text(value):
    return str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
