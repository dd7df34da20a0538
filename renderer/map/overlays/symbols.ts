import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Level } from '../../../contract/schema/basics.ts';
import type { MapPalette } from '../palette.ts';

export const LEVELS: readonly Level[] = [1, 2, 3, 4];

/** A level's shape on a 14 × 14 grid, the same as in lists: octagon, triangle, diamond, circle. */
export const LEVEL_SHAPES: Record<Level, string> = {
  1: 'M4.1.6h5.8l3.5 3.5v5.8l-3.5 3.5H4.1L.6 9.9V4.1Z',
  2: 'M7 .6 13.8 12.9H.2Z',
  3: 'M7 .2 13.8 7 7 13.8.2 7Z',
  4: 'M7 .8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 7 .8Z',
};

/** What a symbol is drawn on: a square with `size` units a side. */
export interface Paper {
  readonly ink: CanvasRenderingContext2D;
  readonly size: number;
}

/** Gives the map a symbol under a name; `size` in pixels, before the palette's scale. */
export type AddSymbol = (name: string, size: number, draw: (paper: Paper) => void) => void;

/** Draws symbols in the palette's size and gives them to the map, in place of those of the same name. */
export function symbolsOf(map: MapLibreMap, palette: MapPalette): AddSymbol {
  const dpr = Math.max(2, Math.ceil(map.getPixelRatio()));
  return (name, size, draw) => {
    const canvas = paintSymbol(size, Math.round(size * palette.scale * dpr), draw);
    const image = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    if (!image) return;
    const { data: before } = map.getImage(name) ?? {};
    // In the place of one of its size it is there with the next frame; tiles are laid out anew only for another size.
    if (before?.width === image.width && before.height === image.height) map.updateImage(name, image);
    else {
      if (before) map.removeImage(name);
      map.addImage(name, image, { pixelRatio: dpr });
    }
  };
}

/** A symbol as a picture, so many pixels a side; null where the page cannot draw. */
export function paintSymbol(size: number, pixels: number, draw: (paper: Paper) => void): HTMLCanvasElement | null {
  const canvas = document.createElement('canvas');
  canvas.width = pixels;
  canvas.height = pixels;
  const ink = canvas.getContext('2d');
  if (!ink) return null;
  ink.scale(pixels / size, pixels / size);
  draw({ ink, size });
  return canvas;
}

/** A glyph (SVG path on a 24 × 24 grid) on a rounded square. */
export function drawTile({ ink, size }: Paper, glyph: string, ground: string, mark: string): void {
  ink.beginPath();
  ink.roundRect(1.5, 1.5, size - 3, size - 3, 4);
  ink.fillStyle = ground;
  ink.globalAlpha = 0.9;
  ink.fill();
  ink.globalAlpha = 0.55;
  ink.strokeStyle = mark;
  ink.lineWidth = 1;
  ink.stroke();
  ink.globalAlpha = 1;
  drawGlyph(ink, glyph, size, size * 0.6, mark);
}

/** A glyph (SVG path on a 24 × 24 grid) on a disc. */
export function drawDisc({ ink, size }: Paper, glyph: string, ground: string, mark: string, edge: string): void {
  ink.beginPath();
  ink.arc(size / 2, size / 2, size / 2 - 1.2, 0, Math.PI * 2);
  ink.fillStyle = ground;
  ink.globalAlpha = 0.94;
  ink.fill();
  ink.globalAlpha = 0.8;
  ink.strokeStyle = edge;
  ink.lineWidth = 1.1;
  ink.stroke();
  ink.globalAlpha = 1;
  drawGlyph(ink, glyph, size, size * 0.56, mark);
}

function drawGlyph(ink: CanvasRenderingContext2D, glyph: string, size: number, side: number, colour: string): void {
  ink.save();
  ink.translate((size - side) / 2, (size - side) / 2);
  ink.scale(side / 24, side / 24);
  ink.fillStyle = colour;
  ink.fill(new Path2D(glyph), 'evenodd');
  ink.restore();
}
