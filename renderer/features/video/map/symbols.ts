import { type AddSymbol, drawDisc, type Paper } from '../../../map/overlays/symbols.ts';
import type { MapPalette } from '../../../map/palette.ts';

const CAMERA_GLYPH = 'M3 5h11a2 2 0 0 1 2 2v2.5L22 6v12l-6-3.5V17a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z';

export function cameraSymbols(add: AddSymbol, palette: MapPalette): void {
  add('camera', 18, (paper) => drawDisc(paper, CAMERA_GLYPH, palette.paper, palette.muted, palette.faint));
  add('camera-on', 22, (paper) => drawDisc(paper, CAMERA_GLYPH, palette.touch, palette.paper, palette.paper));
  add('camera-gone', 18, (paper) => {
    drawDisc(paper, CAMERA_GLYPH, palette.paper, palette.faint, palette.faint);
    strike(paper, palette);
  });
}

function strike({ ink, size }: Paper, palette: MapPalette): void {
  ink.beginPath();
  ink.moveTo(size * 0.2, size * 0.8);
  ink.lineTo(size * 0.8, size * 0.2);
  ink.lineCap = 'round';
  ink.lineWidth = 3.4;
  ink.strokeStyle = palette.paper;
  ink.stroke();
  ink.lineWidth = 1.6;
  ink.strokeStyle = palette.muted;
  ink.stroke();
}
