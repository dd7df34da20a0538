import { describe, expect, it } from 'vitest';
import { DEFAULT_SPLITS, readSplits } from './splits.ts';

const otherwise = DEFAULT_SPLITS.duty;

describe('stored splits', () => {
  it('come back as they were stored', () => {
    const stored = { ...otherwise, rows: [70, 30] as const };
    expect(readSplits(JSON.stringify(stored), otherwise)).toEqual(stored);
  });

  it.each([null, '', 'no json', '7', '{"rows":[1,99]}', '{"rows":"50/50"}', '{"rows":[50,20]}', '{"top":[null,100]}'])(
    'are the default where they make no sense: %s',
    (stored) => expect(readSplits(stored, otherwise)).toEqual(otherwise),
  );
});
