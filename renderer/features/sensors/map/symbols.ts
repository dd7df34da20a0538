import type { SensorLook } from '../../../../core/places/kinds.ts';
import { DEPARTMENT_SIGNS } from '../../../map/departmentSigns.ts';
import { type AddSymbol, drawDisc, LEVELS } from '../../../map/overlays/symbols.ts';
import type { MapPalette } from '../../../map/palette.ts';

/** On a 24 × 24 grid. */
const SENSOR_GLYPHS: Readonly<Record<SensorLook, string>> = {
  rain: 'M7 3.5a5 5 0 0 1 9.5 1A4.5 4.5 0 0 1 18 13H6.5A4.7 4.7 0 0 1 7 3.5ZM7 15l-2 6h2.5l2-6ZM12 15l-2 6h2.5l2-6ZM17 15l-2 6h2.5l2-6Z',
  'water-level':
    'M11 1h2v8h3l-4 5-4-5h3ZM1.5 16c2.5 0 2.5 1.5 5 1.5s3-1.5 5.5-1.5 3 1.5 5.5 1.5 2.5-1.5 5-1.5v2.5c-2.5 0-2.5 1.5-5 1.5s-3-1.5-5.5-1.5-3 1.5-5.5 1.5-2.5-1.5-5-1.5Z',
  gas: DEPARTMENT_SIGNS.gas.path,
  fire: DEPARTMENT_SIGNS.fire.path,
  power: DEPARTMENT_SIGNS.power.path,
  traffic: DEPARTMENT_SIGNS.traffic.path,
  air: DEPARTMENT_SIGNS.environment.path,
  other: 'M12 6a6 6 0 1 0 0 12a6 6 0 0 0 0-12Z',
};

export function sensorSymbols(add: AddSymbol, palette: MapPalette): void {
  for (const [kind, glyph] of Object.entries(SENSOR_GLYPHS)) {
    add(`sensor-${kind}-0`, 18, (paper) => drawDisc(paper, glyph, palette.paper, palette.muted, palette.muted));
    for (const level of LEVELS) {
      add(`sensor-${kind}-${level}`, 20, (paper) =>
        drawDisc(paper, glyph, palette.levels[level], palette.onLevel[level], palette.paper),
      );
    }
  }
}
