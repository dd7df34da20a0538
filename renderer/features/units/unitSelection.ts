import type { Selection } from '../../../contract/features/seats.ts';
import type { Bridge } from '../../bridge/index.ts';

/** A unit as what is selected, with where it is now as far as the hall says so: what goes by the place works at once. */
export async function unitSelection({ page }: Pick<Bridge, 'page'>, id: string): Promise<Selection> {
  // While the hall is away the unit is selected all the same.
  const fix = await page('units.one', { id }).then(
    ({ rows }) => rows[0]?.fix ?? null,
    () => null,
  );
  return { kind: 'unit', id, at: fix && { lon: fix.lon, lat: fix.lat } };
}
