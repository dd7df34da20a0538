import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Piece } from '../../../contract/features/setupImport.ts';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { createUploads } from './uploads.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

function stand() {
  const folder = join(scratch.folder('uploads'), '.setup');
  const clock = createFakeClock();
  return { folder, clock, uploads: createUploads({ folder, clock }) };
}

/** A piece of a file whose bytes are these. */
const piece = (
  upload: string,
  whole: string | Buffer,
  from = 0,
  to = Buffer.from(whole).length,
  name = '表.csv',
): Piece => {
  const bytes = Buffer.from(whole);
  return { upload, name, at: from, of: bytes.length, bytes: bytes.subarray(from, to).toString('base64') };
};

test('a file comes in pieces, and is there whole under its own name, for the hall’s user alone', () => {
  const { folder, uploads } = stand();
  expect(uploads.take(piece('upload-1', 'abcdef', 0, 4))).toBe(4);
  expect(() => uploads.whole('upload-1')).toThrow('only 4 bytes of 6');
  expect(uploads.take(piece('upload-1', 'abcdef', 4))).toBe(6);
  const { file, name } = uploads.whole('upload-1');
  expect([readFileSync(file, 'utf8'), name, file.endsWith('表.csv')]).toEqual(['abcdef', '表', true]);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  uploads.withdraw('upload-1');
  expect(existsSync(folder)).toBe(false);
  expect(() => uploads.whole('upload-1')).toThrow('does not have that file any more');
});

test('a piece out of order is refused with what is expected, and the file goes on from there', () => {
  const { uploads } = stand();
  expect(() => uploads.take(piece('upload-1', 'abcdef', 2, 4))).toThrow('the one at byte 0 of 6 was expected');
  uploads.take(piece('upload-1', 'abcdef', 0, 2));
  expect(() => uploads.take(piece('upload-1', 'abcdef', 4, 6))).toThrow('the one at byte 2 of 6 was expected');
  expect(() => uploads.take(piece('upload-1', 'abcdef', 0, 2))).toThrow('the one at byte 2 of 6 was expected');
  expect(() => uploads.take({ ...piece('upload-1', 'abcdef', 2), of: 4 })).toThrow('byte 2 of 4 was expected');
  expect(() => uploads.take({ ...piece('upload-1', 'abcdef', 2), of: 7 })).toThrow('not of the file "表.csv"');
  expect(() => uploads.take({ ...piece('upload-1', 'abcdef', 2), name: 'b.csv' })).toThrow('not of the file "表.csv"');
  expect(() => uploads.take({ ...piece('upload-1', 'abcdef', 2), bytes: '(*)=' })).toThrow('cannot be read');
  expect(() => uploads.take({ ...piece('upload-1', 'abcdef', 2), bytes: 'Y2Rl*g==' })).toThrow('cannot be read');
  expect(uploads.take(piece('upload-1', 'abcdef', 2))).toBe(6);
  expect(readFileSync(uploads.whole('upload-1').file, 'utf8')).toBe('abcdef');
});

test('three files at a time; one that nobody asks about is gone after half an hour', async () => {
  const { folder, uploads, clock } = stand();
  for (const upload of ['upload-1', 'upload-2', 'upload-3']) uploads.take(piece(upload, 'abc'));
  expect(() => uploads.take(piece('upload-4', 'abc'))).toThrow('3 files are waiting');
  await clock.advance(29 * 60_000);
  uploads.whole('upload-2');
  await clock.advance(60_000);
  expect(() => uploads.whole('upload-1')).toThrow('any more');
  expect(readdirSync(folder)).toHaveLength(1);
  expect(uploads.take(piece('upload-4', 'abc'))).toBe(3);
  await clock.advance(30 * 60_000);
  expect([existsSync(folder), clock.pending]).toEqual([false, 0]);
});

test('nothing is left of the files of a hall that closed, or that was killed', () => {
  const { folder, uploads, clock } = stand();
  uploads.take(piece('upload-1', 'abc'));
  uploads.close();
  expect([existsSync(folder), clock.pending]).toEqual([false, 0]);
  mkdirSync(join(folder, '1'), { recursive: true });
  writeFileSync(join(folder, '1', 'left.csv'), 'x');
  createUploads({ folder, clock });
  expect(existsSync(folder)).toBe(false);
});

test.each([
  ['../../etc/passwd.csv', '-..-etc-passwd.csv'],
  ['..', 'file'],
  ['C:\\表\u0000?.xlsx', 'C--表--.xlsx'],
  ['a.b.geojson', 'a.b.geojson'],
  ['名'.repeat(200), '名'.repeat(66)],
])('a file called %j lies within its folder as %j', (called, onDisk) => {
  const { folder, uploads } = stand();
  uploads.take(piece('upload-1', 'abc', 0, 3, called));
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['1', join('1', onDisk)]);
});

test('whatever pieces come, what is there is the beginning of a file, or nothing', () => {
  const content = Buffer.from('0123456789');
  const any = fc.record({
    upload: fc.constantFrom('upload-1', 'upload-2'),
    at: fc.nat(12),
    length: fc.nat(10),
    of: fc.constantFrom(10, 10, 10, 5),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 12 }), (given) => {
      const { uploads } = stand();
      const got = new Map<string, number>();
      for (const { upload, at, length, of } of given) {
        const part = content.subarray(at, at + length);
        const given: Piece = { upload, name: 'a.csv', at, of, bytes: part.toString('base64') };
        try {
          const now = uploads.take(given);
          expect(now).toBe((got.get(upload) ?? 0) + part.length);
          got.set(upload, now);
        } catch (error) {
          expect((error as Error).name).toBe('ImportError');
        }
        try {
          const file = readFileSync(uploads.whole(upload).file, 'utf8');
          expect(content.toString().startsWith(file)).toBe(true);
        } catch (error) {
          expect((error as Error).message).toMatch(/only \d+ bytes|any more/);
        }
      }
      uploads.close();
    }),
    { seed: 20261128, numRuns: 100 },
  );
});
