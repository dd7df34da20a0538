import type { LonLat } from '../../core/places/geo.ts';
import type { Bridge } from '../bridge/index.ts';

/** Where a unit is now, as the hall has it; null for one that nobody has heard of, and while the hall is away. */
export async function unitPlace({ page }: Pick<Bridge, 'page'>, id: string): Promise<LonLat | null> {
  const fix = await page('units.one', { id }).then(
    ({ rows }) => rows[0]?.fix ?? null,
    () => null,
  );
  return fix && { lon: fix.lon, lat: fix.lat };
}
