import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createScratch } from '../../tests/support/scratch.ts';
import { openHeadMark } from './headMark.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const HEAD = { seq: 1234, hash: 'f'.repeat(64) };

it('L15: the mark is the last one written, whatever was longer before', () => {
  const file = join(scratch.folder('mark'), 'ledger.head');
  let mark = openHeadMark(file);
  expect(mark.found).toBeNull();
  const long = { chain: 'hall-a~12', heads: { ops: HEAD, 'drill:a-long-name': HEAD } };
  const short = { chain: 'a', heads: { ops: { ...HEAD, seq: 1 } } };
  for (const written of [long, short, long, short]) {
    mark.write(written);
    mark.write(written);
    mark.close();
    mark = openHeadMark(file);
    expect(mark.found).toEqual(written);
    expect(statSync(file).size).toBe(4096);
    mark.write(written === long ? short : long);
    mark.write(written);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(written);
  }
  mark.close();
});

it('L15: of more streams than fit, those that last are marked', () => {
  const file = join(scratch.folder('mark'), 'ledger.head');
  const mark = openHeadMark(file);
  const drills = Array.from({ length: 40 }, (_, n) => [`drill:${n}`.padEnd(46, 'x'), HEAD]);
  mark.write({ chain: 'a', heads: Object.fromEntries([...drills, ['ops', HEAD], ['audit', HEAD]]) });
  mark.close();
  const { found, close } = openHeadMark(file);
  expect(Object.keys(found?.heads ?? {})).toHaveLength(20);
  expect(found?.heads).toMatchObject({ ops: HEAD, audit: HEAD });
  close();
});
