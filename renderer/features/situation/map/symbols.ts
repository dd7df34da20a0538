import { FACILITY_LOOKS, type FacilityLook } from '../../../../core/places/kinds.ts';
import { DEPARTMENT_SIGNS } from '../../../map/departmentSigns.ts';
import { type AddSymbol, drawTile, type Paper } from '../../../map/overlays/symbols.ts';
import type { MapPalette } from '../../../map/palette.ts';

/** Glyphs on a 24 × 24 grid. */
const FACILITY_GLYPHS: Record<FacilityLook, string> = {
  hospital: DEPARTMENT_SIGNS.medical.path,
  'fire-station': DEPARTMENT_SIGNS.fire.path,
  'police-station': DEPARTMENT_SIGNS.police.path,
  shelter: 'M12 2 23 20h-5.5L12 10.5 6.5 20H1ZM12 14l3.5 6h-7Z',
  'pump-station': DEPARTMENT_SIGNS.water.path,
  school: 'M12 3 23.5 9 12 15 .5 9ZM5 13.2l7 3.6 7-3.6V18c-4 3.5-10 3.5-14 0Z',
  'rail-station':
    'M7 1.5h10a3 3 0 0 1 3 3V15a3 3 0 0 1-3 3l2.5 4h-3l-1.5-2.5h-6L7.5 22h-3L7 18a3 3 0 0 1-3-3V4.5a3 3 0 0 1 3-3ZM7 5v6h10V5ZM8.5 13.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 0 0 0-3ZM15.5 13.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 0 0 0-3Z',
  government:
    'M12 1.5 22.5 7.5V10h-21V7.5ZM3.5 11.5h3V18h-3ZM10.5 11.5h3V18h-3ZM17.5 11.5h3V18h-3ZM1.5 19.5h21V22.5h-21Z',
  other: DEPARTMENT_SIGNS.other.path,
};

/** Outlines of the classes of city components (GB/T 30428.2), on a 12 × 12 grid: utilities, traffic, sanitation, greenery, other. */
const COMPONENT_SHAPES: Readonly<Record<string, string>> = {
  '01': 'M6 2.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 0 1 0-7Z',
  '02': 'M2.8 2.8h6.4v6.4H2.8Z',
  '03': 'M2.5 3.5h7l-1 6h-5Z',
  '04': 'M6 1.8 10 9.5H2Z',
  '05': 'M6 1.5 10.5 6 6 10.5 1.5 6Z',
};

export function facilitySymbols(add: AddSymbol, palette: MapPalette): void {
  for (const kind of FACILITY_LOOKS) {
    add(`facility-${kind}`, 20, (paper) => drawTile(paper, FACILITY_GLYPHS[kind], palette.paper, palette.muted));
  }
}

export function componentSymbols(add: AddSymbol, palette: MapPalette): void {
  for (const [kind, shape] of Object.entries(COMPONENT_SHAPES)) {
    add(`component-${kind}`, 12, (paper) => drawShape(paper, shape, palette));
  }
}

function drawShape({ ink }: Paper, shape: string, palette: MapPalette): void {
  const outline = new Path2D(shape);
  ink.fillStyle = palette.paper;
  ink.strokeStyle = palette.muted;
  ink.lineWidth = 1.2;
  ink.lineJoin = 'round';
  ink.fill(outline);
  ink.stroke(outline);
}
