import type { Tags } from '../read/source.ts';

const ZOOMS: Readonly<Record<string, number>> = {
  river: 12,
  canal: 12,
  tidal_channel: 13,
  stream: 14,
  drain: 14,
  ditch: 14,
};

/** First zoom that shows the line of running water, drawn as a bank is: the style has no river that is a line. Null below the ground. */
export function watercourseZoom(tags: Tags): number | null {
  const waterway = tags.get('waterway');
  if (waterway === undefined || !Object.hasOwn(ZOOMS, waterway)) return null;
  const isBelow = tags.has('tunnel') && tags.get('tunnel') !== 'no';
  return isBelow || tags.get('intermittent') === 'yes' ? null : (ZOOMS[waterway] ?? null);
}
