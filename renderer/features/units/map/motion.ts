import { UNITS_PER_DEGREE, worldPixels } from '../../../map/mercator.ts';
import { LEG_INTS, OVERSHOOT, RECORD_INTS, type UnitTrack } from './track.ts';

/** What a map shows, in degrees and pixels: north is up and it is flat. */
export interface Shown {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

/** Less than this nobody sees move. */
const SEEN_PX = 0.5;
/** How far from the edge a unit still reaches onto the screen, or is soon there. */
const EDGE_PX = 48;
/** A sign's edge turns around its middle. */
const SIGN_RADIUS_PX = 12;

/**
 * Ms in which the fastest unit on the screen is seen to move, when `now` has been drawn; null: none on it moves. One that has just
 * arrived was under way when the frame before was drawn, so that a frame with it in its place is still to come.
 *
 * @param now the track's time
 * @param visible whether a unit, by its place in the track, is shown at all
 */
export function untilSeenToMove(
  track: UnitTrack,
  { lon, lat, zoom, width, height }: Shown,
  now: number,
  visible: (slot: number) => boolean,
): number | null {
  const perLon = worldPixels(zoom) / 360 / UNITS_PER_DEGREE;
  const perLat = perLon / Math.cos((lat * Math.PI) / 180);
  const [wide, high] = [(width / 2 + EDGE_PX) / perLon, (height / 2 + EDGE_PX) / perLat];
  const [centreLon, centreLat] = [lon * UNITS_PER_DEGREE, lat * UNITS_PER_DEGREE];
  const { wire, legs } = track;
  /** Pixels a ms. */
  let fastest = 0;
  for (let slot = 0; slot < track.count; slot++) {
    const w = slot * RECORD_INTS;
    const g = slot * LEG_INTS;
    const duration = legs[g + 4] ?? 1;
    if (now - (legs[g + 3] ?? 0) >= duration * OVERSHOOT) continue;
    const [east, north] = [(wire[w] ?? 0) - (legs[g] ?? 0), (wire[w + 1] ?? 0) - (legs[g + 1] ?? 0)];
    const turn = ((((wire[w + 2] ?? 0) - (legs[g + 2] ?? 0) + 98304) & 0xffff) - 32768) / 65536;
    const arc = Math.abs(turn) * 2 * Math.PI * SIGN_RADIUS_PX;
    const speed = Math.max(Math.abs(east) * perLon, Math.abs(north) * perLat, arc) / duration;
    if (speed <= fastest || !visible(slot)) continue;
    if (Math.abs(track.lonAt(slot, now) - centreLon) > wide) continue;
    if (Math.abs(track.latAt(slot, now) - centreLat) > high) continue;
    fastest = speed;
  }
  return fastest === 0 ? null : SEEN_PX / fastest;
}
