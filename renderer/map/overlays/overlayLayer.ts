import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { MapPalette } from '../palette.ts';
import type { MapLayerName } from '../visibility.ts';

/** A layer, what switches it, and whether it lies under the base map's names. */
export interface OverlayLayer {
  spec: LayerSpecification;
  group: MapLayerName | null;
  under: boolean;
}

/** Local fonts, first one found. */
export const FONT = ['Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'system-ui'];

/** A camera that is selected or watched. */
export const ON: ExpressionSpecification = ['boolean', ['feature-state', 'on'], false];

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
