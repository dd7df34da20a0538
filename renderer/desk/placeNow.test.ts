import { expect, test } from 'vitest';
import type { Bridge } from '../bridge/index.ts';
import { unitPlace } from './placeNow.ts';

const answering = (rows: readonly object[] | null) =>
  ({
    page: () => (rows === null ? Promise.reject(new Error('away')) : Promise.resolve({ rows })),
  }) as unknown as Bridge;

test('a unit is where the hall says, and nowhere while it has not been heard of or the hall is away', async () => {
  expect(await unitPlace(answering([{ fix: { lon: 121, lat: 29, t: 1 } }]), 'U')).toEqual({ lon: 121, lat: 29 });
  expect(await unitPlace(answering([{ fix: null }]), 'U')).toBeNull();
  expect(await unitPlace(answering([]), 'U')).toBeNull();
  expect(await unitPlace(answering(null), 'U')).toBeNull();
});
