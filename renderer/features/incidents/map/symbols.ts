import type { Level } from '../../../../contract/schema/basics.ts';
import { NUMERAL } from '../../../../core/words.ts';
import { type AddSymbol, LEVEL_SHAPES, LEVELS, type Paper } from '../../../map/overlays/symbols.ts';
import type { MapPalette } from '../../../map/palette.ts';

/** Pins: the point at the foot is the place. */
export function incidentSymbols(add: AddSymbol, palette: MapPalette): void {
  for (const level of LEVELS) add(`incident-${level}`, 40, (paper) => drawPin(paper, level, palette));
}

function drawPin({ ink }: Paper, level: Level, palette: MapPalette): void {
  // A head with a point; the point is the place.
  const pin = new Path2D('M20 38.5 12.5 29A13.5 13.5 0 1 1 27.5 29Z');
  ink.lineJoin = 'round';
  ink.strokeStyle = palette.paper;
  ink.lineWidth = 4;
  ink.stroke(pin);
  ink.fillStyle = palette.levels[level];
  ink.fill(pin);
  ink.save();
  ink.translate(20, level === 2 ? 16 : 17);
  ink.scale(1.5, 1.5);
  ink.translate(-7, -7);
  ink.fillStyle = palette.paper;
  ink.globalAlpha = 0.92;
  ink.fill(new Path2D(LEVEL_SHAPES[level]));
  ink.restore();
  ink.fillStyle = palette.levels[level];
  ink.font = '700 11px system-ui, sans-serif';
  ink.textAlign = 'center';
  ink.textBaseline = 'middle';
  ink.fillText(NUMERAL[level], 20, level === 2 ? 19.5 : 17.5);
}
