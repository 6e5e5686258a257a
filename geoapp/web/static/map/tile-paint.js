// From the one style model (geoapp/maps/style.py) to what the canvas of the vector tiles draws; the twin of style.js.

import { classOf } from "./style.js";

const APPROXIMATE_DASH = [6, 4];
const TILE_PX = 8;
// What stands for an area by a point: a park without an outline, or what is too small to be drawn.
const POINT = 1;

/** Rules for every level of detail and class. Args: isKept - whether a feature is to be seen, by its properties. */
export function paintRules(description, levels, isKept) {
  return levels.flatMap((dataLayer) =>
    description.style.classes.map((style) => ({
      dataLayer,
      symbolizer: new AreaSymbolizer(style),
      filter: (_, { props }) => classOf(description, props) === style && isKept(props, style),
    })),
  );
}

class AreaSymbolizer {
  constructor(style) {
    this.style = style;
    this.fill = null;
  }

  before(context) {
    const { style } = this;
    this.fill ??= style.pattern_id ? patternOf(context, style) : style.fill;
    context.fillStyle = this.fill ?? "transparent";
    context.strokeStyle = style.stroke ?? style.fill ?? "#000000";
    context.lineWidth = style.stroke ? style.width : 0;
    context.lineJoin = "round";
  }

  draw(context, rings, _, { props, geomType }) {
    const { style } = this;
    context.beginPath();
    if (geomType === POINT) {
      for (const { x, y } of rings.flat()) {
        context.moveTo(x + style.radius, y);
        context.arc(x, y, style.radius, 0, 2 * Math.PI);
      }
    }
    for (const ring of geomType === POINT ? [] : rings) {
      ring.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    }
    if (this.fill) {
      context.globalAlpha = style.opacity;
      context.fill();
      context.globalAlpha = 1;
    }
    if (context.lineWidth > 0 && style.stroke) {
      context.setLineDash(style.dash ? style.dash.split(" ").map(Number) : props.approximate ? APPROXIMATE_DASH : []);
      context.stroke();
    }
  }
}

const STROKES = {
  hatch: [[-1, 1, 1, -1], [0, 8, 8, 0], [7, 9, 9, 7]],
  cross: [[0, 0, 8, 8], [8, 0, 0, 8]],
};

function patternOf(context, style) {
  const scale = window.devicePixelRatio;
  const tile = document.createElement("canvas");
  tile.width = TILE_PX * scale;
  tile.height = TILE_PX * scale;
  const drawing = tile.getContext("2d");
  drawing.scale(scale, scale);
  drawing.fillStyle = style.fill ?? "#ffffff";
  drawing.fillRect(0, 0, TILE_PX, TILE_PX);
  drawing.strokeStyle = style.lines;
  drawing.fillStyle = style.lines;
  drawing.lineWidth = style.pattern === "hatch" ? 1.2 : 1;
  for (const [x1, y1, x2, y2] of STROKES[style.pattern] ?? []) {
    drawing.beginPath();
    drawing.moveTo(x1, y1);
    drawing.lineTo(x2, y2);
    drawing.stroke();
  }
  if (style.pattern === "dots") {
    for (const at of [2, 6]) {
      drawing.beginPath();
      drawing.arc(at, at, 1.1, 0, 2 * Math.PI);
      drawing.fill();
    }
  }
  const pattern = context.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().scale(1 / scale));
  return pattern;
}
