import { FONT } from '../overlays/looks.ts';
import type { MapPalette } from '../palette.ts';
import { linesOf } from './labels.ts';
import type { MarkLabel } from './mark.ts';

/** A label's picture and its size on the map, pixels. */
export interface Label {
  readonly picture: HTMLCanvasElement;
  readonly width: number;
  readonly height: number;
}

/** Labels as pictures, painted once. */
export interface Labels {
  of(label: MarkLabel, palette: MapPalette, ratio: number): Label;
  forget(): void;
}

/** As many are kept; a storm has some hundred places. */
const MOST = 400;
/** In the letters' own heights. */
const WIDEST = 9;
const LINE = 1.2;
const PAD_PX = 3;
const SEAM_PX = 1.6;

export function createLabels(): Labels {
  const made = new Map<string, Label>();
  const measure = document.createElement('canvas').getContext('2d');
  return {
    of({ text, size, colour }, palette, ratio) {
      const key = `${size}/${ratio}/${colour?.(palette)}/${text}`;
      const known = made.get(key);
      if (known) return known;
      if (made.size >= MOST) made.clear();
      const label = paint(
        measure,
        text,
        size * palette.scale,
        { paper: palette.paper, ink: palette.ink, own: colour?.(palette) },
        ratio,
      );
      made.set(key, label);
      return label;
    },
    forget: () => made.clear(),
  };
}

/** On a ground of the paper's colour, for the names of the city go on below it; with a colour of its own in a seam of the paper's. */
function paint(
  measure: CanvasRenderingContext2D | null,
  text: string,
  size: number,
  { paper, ink: usual, own }: { paper: string; ink: string; own: string | undefined },
  ratio: number,
): Label {
  const font = `500 ${size}px ${FONT.map((name) => `"${name}"`).join(', ')}`;
  const widthOf = (line: string) => {
    if (!measure) return line.length * size;
    measure.font = font;
    return measure.measureText(line).width;
  };
  const lines = linesOf(text, WIDEST * size, widthOf);
  const width = Math.ceil(Math.max(0, ...lines.map(widthOf)) + 2 * PAD_PX);
  const height = Math.ceil(lines.length * LINE * size + 2);
  const picture = document.createElement('canvas');
  picture.width = Math.max(1, Math.ceil(width * ratio));
  picture.height = Math.max(1, Math.ceil(height * ratio));
  const ink = picture.getContext('2d');
  if (ink) {
    ink.scale(ratio, ratio);
    if (own === undefined) {
      ink.beginPath();
      ink.roundRect(0, 0, width, height, PAD_PX);
      ink.globalAlpha = 0.8;
      ink.fillStyle = paper;
      ink.fill();
      ink.globalAlpha = 1;
    }
    ink.font = font;
    ink.textAlign = 'center';
    ink.textBaseline = 'middle';
    ink.fillStyle = own ?? usual;
    ink.strokeStyle = paper;
    ink.lineWidth = 2 * SEAM_PX;
    ink.lineJoin = 'round';
    lines.forEach((line, i) => {
      const at = [width / 2, 1 + (i + 0.5) * LINE * size] as const;
      if (own !== undefined) ink.strokeText(line, ...at);
      ink.fillText(line, ...at);
    });
  }
  return { picture, width, height };
}
