import { DEPARTMENT_SIGNS, SIGN_NAMES } from '../../../map/departmentSigns.ts';

const CELL = 64;

/** All signs in one 4 × 4 sheet, white on black: the red channel is coverage. */
export function paintGlyphSheet(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = CELL * 4;
  canvas.height = CELL * 4;
  const ink = canvas.getContext('2d');
  if (!ink) return canvas;
  ink.fillStyle = '#000';
  ink.fillRect(0, 0, canvas.width, canvas.height);
  ink.fillStyle = '#fff';
  SIGN_NAMES.forEach((name, i) => {
    ink.save();
    ink.translate((i & 3) * CELL, (i >> 2) * CELL);
    // A margin, so that a shrunken cell doesn't bleed into its neighbour.
    ink.translate(4, 4);
    ink.scale((CELL - 8) / 24, (CELL - 8) / 24);
    ink.fill(new Path2D(DEPARTMENT_SIGNS[name].path), 'evenodd');
    ink.restore();
  });
  return canvas;
}
