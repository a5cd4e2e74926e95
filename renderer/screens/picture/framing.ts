/** How a picture lies behind the frame, a square or a wider one, within which it is kept. */
export interface Framing {
  /** From the middle of the frame to the middle of the picture, in CSS pixels. */
  readonly x: number;
  readonly y: number;
  /** 1: the picture just covers the frame. */
  readonly zoom: number;
  /** Quarter turns, clockwise; any whole number. */
  readonly quarters: number;
  /** Degrees besides, -45 to 45. */
  readonly tilt: number;
}

/** The picture as the browser lays it out, before it is turned or scaled, and the frame; CSS pixels. */
export interface Stage {
  readonly width: number;
  readonly height: number;
  readonly naturalWidth: number;
  /** Height of the frame. */
  readonly side: number;
  /** Its width for a height of 1. */
  readonly aspect: number;
}

export const asIs: Framing = { x: 0, y: 0, zoom: 1, quarters: 0, tilt: 0 };

/** Degrees, clockwise. */
export function rotation({ quarters, tilt }: Framing): number {
  return quarters * 90 + tilt;
}

/** How much of the picture's own width and height the frame takes, however it is turned. */
function needed(framing: Framing, { side, aspect }: Stage) {
  const radians = (rotation(framing) * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))];
  return { width: side * (aspect * cos + sin), height: side * (aspect * sin + cos) };
}

/** The scale at which the picture is laid out; at zoom 1 it covers the frame, however it is turned. */
function scale(framing: Framing, stage: Stage): number {
  const { width, height } = needed(framing, stage);
  return framing.zoom * Math.max(width / stage.width, height / stage.height);
}

/** The picture's place and size over the frame, as a CSS transform. */
export function placed(framing: Framing, stage: Stage): string {
  return `translate(${framing.x}px, ${framing.y}px) rotate(${rotation(framing)}deg) scale(${scale(framing, stage)})`;
}

/** The same framing, moved as little as needed for the picture to cover the whole frame. */
export function covering(framing: Framing, stage: Stage): Framing {
  const degrees = rotation(framing);
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const size = scale(framing, stage);
  const frame = needed(framing, stage);
  // Along the picture's own edges.
  const u = within(framing.x * cos + framing.y * sin, (size * stage.width - frame.width) / 2);
  const v = within(framing.y * cos - framing.x * sin, (size * stage.height - frame.height) / 2);
  return { ...framing, x: u * cos - v * sin, y: u * sin + v * cos };
}

function within(value: number, limit: number): number {
  const most = Math.max(0, limit);
  return Math.min(most, Math.max(-most, value));
}

/** Size of what is kept in pixels: those of the picture, never more, and at most `most` wide. */
export function keptPixels(framing: Framing, stage: Stage, most: number) {
  const { side, aspect, naturalWidth } = stage;
  const own = ((side * aspect) / scale(framing, stage)) * (naturalWidth / stage.width);
  const width = Math.max(1, Math.min(most, Math.round(own)));
  return { width, height: Math.max(1, Math.round(width / aspect)) };
}

/** Largest useful zoom: what is kept has at least 128 pixels a side. */
export function mostZoom({ width, height, naturalWidth }: Stage): number {
  const shortSide = Math.min(width, height) * (naturalWidth / width);
  return Math.min(6, Math.max(1, shortSide / 128));
}

/** Draws what is kept onto the whole of a canvas of the frame's shape. */
export function draw(
  context: CanvasRenderingContext2D,
  image: CanvasImageSource,
  framing: Framing,
  stage: Stage,
): void {
  const { width, height, side, aspect } = stage;
  const size = context.canvas.width / (side * aspect);
  context.save();
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.imageSmoothingQuality = 'high';
  context.scale(size, size);
  context.translate((side * aspect) / 2 + framing.x, side / 2 + framing.y);
  context.rotate((rotation(framing) * Math.PI) / 180);
  const larger = scale(framing, stage);
  context.scale(larger, larger);
  context.drawImage(image, -width / 2, -height / 2, width, height);
  context.restore();
}
