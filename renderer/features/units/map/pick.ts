import { offsetPixels, UNITS_PER_DEGREE, worldPixels } from '../../../map/mercator.ts';
import type { UnitTrack } from './track.ts';

/** The map's view, as far as units need it: north is up and the map is flat. */
interface View {
  lon: number;
  lat: number;
  zoom: number;
}

/**
 * The unit drawn nearest to a point given in pixels from the view's centre, within `reach` pixels; its place in the
 * frame, or -1. A scan of the typed arrays: 100,000 units take about a millisecond, less than keeping an index of points
 * that all move in every frame. `visible` says whether a unit, by its place in the frame, is shown at all.
 */
export function pickUnit(
  track: UnitTrack,
  view: View,
  x: number,
  y: number,
  reach: number,
  now: number,
  visible: (slot: number) => boolean,
): number {
  const world = worldPixels(view.zoom);
  const centreLon = view.lon * UNITS_PER_DEGREE;
  const centreLat = view.lat * UNITS_PER_DEGREE;
  // A box in wire units around the point rules out nearly all units before any trigonometry.
  const perPixel = (360 * UNITS_PER_DEGREE) / world;
  const box = (reach + 1) * perPixel;
  const lon = centreLon + x * perPixel;
  let best = -1;
  let bestDistance = reach;
  for (let i = 0; i < track.count; i++) {
    const shownLon = track.lonAt(i, now);
    if (Math.abs(shownLon - lon) > box) continue;
    const [px, py] = offsetPixels(shownLon - centreLon, track.latAt(i, now) - centreLat, view.lat, world);
    const distance = Math.hypot(px - x, py - y);
    if (distance < bestDistance && visible(i)) {
      best = i;
      bestDistance = distance;
    }
  }
  return best;
}
