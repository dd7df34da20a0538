import type { Result } from '../../contract/index.ts';
import type { HallClient } from '../../contract/wire/client.ts';

/** All units of the directory, however many pages it has. */
export async function everyUnit(call: HallClient['call']): Promise<Result<'units.directory'>['units']> {
  const all: Result<'units.directory'>['units'] = [];
  for (let from: number | null = 0; from !== null; ) {
    const { units, next }: Result<'units.directory'> = await call('units.directory', { from });
    all.push(...units);
    from = next;
  }
  return all;
}

/** All cameras, however many pages they take. */
export async function everyCamera(call: HallClient['call']): Promise<Result<'cameras.list'>['cameras']> {
  const all: Result<'cameras.list'>['cameras'] = [];
  for (let from: number | null = 0; from !== null; ) {
    const { cameras, next }: Result<'cameras.list'> = await call('cameras.list', { from });
    all.push(...cameras);
    from = next;
  }
  return all;
}
