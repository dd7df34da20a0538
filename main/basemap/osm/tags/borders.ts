import type { Tags } from '../read/source.ts';

export type BorderLevel = 'street' | 'community';

/** First zoom at which each is drawn. */
export const BORDER_ZOOM: Readonly<Record<BorderLevel, number>> = { street: 11, community: 13 };

/**
 * What a boundary is on our map. `admin_level` 8 is the street (街道) or town in China and what is near it elsewhere; what is larger
 * bounds streets as well. From 10 on they are communities. Borders on the sea are not drawn.
 */
export function borderOf(tags: Tags): BorderLevel | null {
  if (tags.get('boundary') !== 'administrative' || tags.get('maritime') === 'yes') return null;
  const level = Number(tags.get('admin_level'));
  if (!Number.isInteger(level) || level < 2 || level > 12) return null;
  return level >= 10 ? 'community' : 'street';
}
