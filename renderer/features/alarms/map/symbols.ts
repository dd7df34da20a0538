import type { Level } from '../../../../contract/schema/basics.ts';
import { type AddSymbol, LEVEL_SHAPES, LEVELS, type Paper } from '../../../map/overlays/symbols.ts';
import type { MapPalette } from '../../../map/palette.ts';

/** Widths of the symbols of one alarm, of several, and of a place around which they were spread out. */
const ONE_PX = 26;
const MANY_PX = 44;
const PLACE_PX = 14;

/** A symbol a level: of one alarm with its mark, of several without it, larger, with room for their number. And a dot for a place. */
export function alarmSymbols(add: AddSymbol, palette: MapPalette): void {
  for (const level of LEVELS) {
    for (const [state, filled] of [
      ['new', true],
      ['seen', false],
    ] as const) {
      add(`alarm-${state}-${level}`, ONE_PX, (paper) => {
        drawLevel(paper, level, palette, filled, 1.36);
        drawMark(paper, level, filled ? palette.onLevel[level] : palette.levels[level]);
      });
      add(`alarms-${state}-${level}`, MANY_PX, (paper) => drawLevel(paper, level, palette, filled, 2.5));
    }
  }
  add('alarm-place', PLACE_PX, (paper) => drawPlace(paper, palette));
}

function drawPlace({ ink, size }: Paper, palette: MapPalette): void {
  ink.beginPath();
  ink.arc(size / 2, size / 2, 5, 0, 2 * Math.PI);
  ink.fillStyle = palette.ink;
  ink.fill();
  ink.strokeStyle = palette.paper;
  ink.lineWidth = 2;
  ink.stroke();
}

/** Leaves the ink on the shape's own grid, 14 units a side. */
function drawLevel({ ink, size }: Paper, level: Level, palette: MapPalette, filled: boolean, scale: number): void {
  const shape = new Path2D(LEVEL_SHAPES[level]);
  ink.translate(size / 2, size / 2);
  ink.scale(scale, scale);
  ink.translate(-7, level === 2 ? -7.8 : -7);
  ink.lineJoin = 'round';
  ink.strokeStyle = palette.paper;
  ink.lineWidth = 4.35 / scale;
  ink.stroke(shape);
  ink.fillStyle = filled ? palette.levels[level] : palette.paper;
  ink.fill(shape);
  ink.strokeStyle = palette.levels[level];
  ink.lineWidth = 1.9 / scale;
  ink.stroke(shape);
}

function drawMark({ ink }: Paper, level: Level, colour: string): void {
  ink.fillStyle = colour;
  const middle = level === 2 ? 8.6 : 7;
  ink.fillRect(6.3, middle - 3.3, 1.4, 3.9);
  ink.fillRect(6.3, middle + 1.5, 1.4, 1.5);
}
