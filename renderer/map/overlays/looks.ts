import type { ExpressionSpecification } from 'maplibre-gl';
import type { MapPalette } from '../palette.ts';

/** Local fonts, first one found. */
export const FONT = ['Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'system-ui'];

/** How the name below a symbol is set. */
export function nameBelow(palette: MapPalette) {
  return {
    'text-font': FONT,
    'text-size': 11.5 * palette.scale,
    'text-offset': [0, 1.1] as [number, number],
    'text-anchor': 'top' as const,
    'text-optional': true,
    'text-max-width': 9,
  };
}

/** What keeps letters apart from the ground. */
export function halo(palette: MapPalette) {
  return { 'text-halo-color': palette.paper, 'text-halo-width': 1.6 };
}

/** Whether a thing carries a flag (`LayerScene.setFlag`). */
export function flagged(flag: string): ExpressionSpecification {
  return ['boolean', ['feature-state', flag], false];
}

/** The colour of a feature's `level`, 1 (worst) to 4. */
export function levelColour(palette: MapPalette): ExpressionSpecification {
  return [
    'match',
    ['get', 'level'],
    1,
    palette.levels[1],
    2,
    palette.levels[2],
    3,
    palette.levels[3],
    palette.levels[4],
  ];
}
