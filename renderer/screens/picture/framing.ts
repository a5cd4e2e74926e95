/** How a picture lies behind the square that is kept of it. */
export interface Framing {
  /** From the middle of the square to the middle of the picture, in CSS pixels. */
  readonly x: number;
  readonly y: number;
  /** 1: the picture just covers the square. */
  readonly zoom: number;
  /** Quarter turns, clockwise; any whole number. */
  readonly quarters: number;
  /** Degrees besides, -45 to 45. */
  readonly tilt: number;
}

/** The picture as the browser lays it out, before it is turned or scaled, and the side of the square; CSS pixels. */
export interface Stage {
  readonly width: number;
  readonly height: number;
  readonly naturalWidth: number;
  readonly side: number;
}

export const asIs: Framing = { x: 0, y: 0, zoom: 1, quarters: 0, tilt: 0 };

/** Largest side of what is kept, in pixels. */
const mostPixels = 1_024;

/** Degrees, clockwise. */
export function rotation({ quarters, tilt }: Framing): number {
  return quarters * 90 + tilt;
}

/** How much larger a square has to be to hold the same square turned by this much. */
function turnedSquare(degrees: number): number {
  const radians = (degrees * Math.PI) / 180;
  return Math.abs(Math.cos(radians)) + Math.abs(Math.sin(radians));
}

/** The scale at which the picture is laid out; at zoom 1 it covers the square, however it is turned. */
function scale(framing: Framing, { width, height, side }: Stage): number {
  return (framing.zoom * turnedSquare(framing.tilt) * side) / Math.min(width, height);
}

/** The picture's place and size over the square, as a CSS transform. */
export function placed(framing: Framing, stage: Stage): string {
  return `translate(${framing.x}px, ${framing.y}px) rotate(${rotation(framing)}deg) scale(${scale(framing, stage)})`;
}

/** The same framing, moved as little as needed for the picture to cover the whole square. */
export function covering(framing: Framing, stage: Stage): Framing {
  const degrees = rotation(framing);
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const size = scale(framing, stage);
  const needed = stage.side * turnedSquare(framing.tilt);
  // Along the picture's own edges.
  const u = within(framing.x * cos + framing.y * sin, (size * stage.width - needed) / 2);
  const v = within(framing.y * cos - framing.x * sin, (size * stage.height - needed) / 2);
  return { ...framing, x: u * cos - v * sin, y: u * sin + v * cos };
}

function within(value: number, limit: number): number {
  const most = Math.max(0, limit);
  return Math.min(most, Math.max(-most, value));
}

/** Side of what is kept in pixels: those of the picture, never more, and at most 1,024. */
export function keptPixels(framing: Framing, stage: Stage): number {
  const own = (stage.side / scale(framing, stage)) * (stage.naturalWidth / stage.width);
  return Math.max(1, Math.min(mostPixels, Math.round(own)));
}

/** Largest useful zoom: what is kept has at least 128 pixels a side. */
export function mostZoom({ width, height, naturalWidth }: Stage): number {
  const shortSide = Math.min(width, height) * (naturalWidth / width);
  return Math.min(6, Math.max(1, shortSide / 128));
}

/** Draws what is kept onto the whole of a square canvas. */
export function draw(
  context: CanvasRenderingContext2D,
  image: CanvasImageSource,
  framing: Framing,
  stage: Stage,
): void {
  const size = context.canvas.width;
  const { width, height, side } = stage;
  context.save();
  context.clearRect(0, 0, size, size);
  context.imageSmoothingQuality = 'high';
  context.scale(size / side, size / side);
  context.translate(side / 2 + framing.x, side / 2 + framing.y);
  context.rotate((rotation(framing) * Math.PI) / 180);
  const larger = scale(framing, stage);
  context.scale(larger, larger);
  context.drawImage(image, -width / 2, -height / 2, width, height);
  context.restore();
}
