import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createScratch } from '../../../tests/support/scratch.ts';
import { type ConvertOptions, convertOsm } from './convert.ts';
import type { ConvertProgress } from './progress.ts';
import { pbfOf } from './testing/pbfFile.ts';
import { mapOf, TOWN } from './testing/town.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

function convert(bytes: Uint8Array | string, options: Partial<ConvertOptions>) {
  const file = join(scratch.folder('osm'), 'city.osm');
  writeFileSync(file, bytes);
  return convertOsm({ file, sink: { put: () => {} }, ...options });
}

test('progress goes through all phases, each to its end', async () => {
  const told: ConvertProgress[] = [];
  await convert(pbfOf(mapOf(TOWN)), { onProgress: (progress) => told.push(progress) });
  expect([...new Set(told.map(({ phase }) => phase))]).toEqual(['reading', 'ways', 'areas', 'tiles']);
  for (const phase of ['reading', 'ways', 'areas', 'tiles']) {
    const last = told.findLast((progress) => progress.phase === phase);
    expect(last?.done).toBe(last?.of);
  }
});

describe('what is called off ends with the reason given', () => {
  test.each(['reading', 'ways', 'areas', 'tiles'] as const)('while it is %s', async (phase) => {
    const off = new AbortController();
    const options = {
      signal: off.signal,
      onProgress: (progress: ConvertProgress) => {
        if (progress.phase === phase) off.abort(new Error('stop'));
      },
    };
    const work = convert(pbfOf(mapOf(TOWN)), options);
    await expect(work).rejects.toThrow('stop');
  });

  test('before it began', async () => {
    await expect(convert('', { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
  });
});
