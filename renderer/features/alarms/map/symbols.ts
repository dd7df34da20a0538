import type { Level } from '../../../../contract/schema/basics.ts';
import { type AddSymbol, LEVEL_SHAPES, LEVELS, type Paper } from '../../../map/overlays/symbols.ts';
import type { MapPalette } from '../../../map/palette.ts';

export function alarmSymbols(add: AddSymbol, palette: MapPalette): void {
  for (const level of LEVELS) {
    add(`alarm-new-${level}`, 26, (paper) => drawLevel(paper, level, palette, true));
    add(`alarm-seen-${level}`, 26, (paper) => drawLevel(paper, level, palette, false));
  }
}

function drawLevel({ ink, size }: Paper, level: Level, palette: MapPalette, filled: boolean): void {
  const shape = new Path2D(LEVEL_SHAPES[level]);
  ink.translate(size / 2, size / 2);
  ink.scale(1.36, 1.36);
  ink.translate(-7, level === 2 ? -7.8 : -7);
  ink.lineJoin = 'round';
  ink.strokeStyle = palette.paper;
  ink.lineWidth = 3.2;
  ink.stroke(shape);
  ink.fillStyle = filled ? palette.levels[level] : palette.paper;
  ink.fill(shape);
  ink.strokeStyle = palette.levels[level];
  ink.lineWidth = 1.4;
  ink.stroke(shape);
  ink.fillStyle = filled ? palette.onLevel[level] : palette.levels[level];
  const middle = level === 2 ? 8.6 : 7;
  ink.fillRect(6.3, middle - 3.3, 1.4, 3.9);
  ink.fillRect(6.3, middle + 1.5, 1.4, 1.5);
}
