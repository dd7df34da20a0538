import type { LayerSpecification } from 'maplibre-gl';
import type { BasemapPaint } from './paints.ts';

/** Pictures of others as the ground, with the names that are in them: dimmed, because colour on the map means severity. */
export function pictureLayer({ picture }: BasemapPaint, source: string): LayerSpecification {
  return {
    id: 'picture',
    type: 'raster',
    source,
    paint: {
      'raster-brightness-max': picture.brightness,
      'raster-saturation': picture.saturation,
      'raster-contrast': picture.contrast,
      'raster-fade-duration': 0,
    },
  };
}
