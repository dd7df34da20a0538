import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomId, randomToken } from './ids.ts';
import { keepSecret, keptToken } from './token.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'opshall-token-')), 'data');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const mode = (name: string) => statSync(join(folder, name)).mode & 0o777;

test('a token is made once, kept, and readable by its owner alone', () => {
  const token = keptToken(folder, 'token');
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(mode('token')).toBe(0o600);
  expect(keptToken(folder, 'token')).toBe(token);
  expect(keptToken(folder, 'hub-token')).not.toBe(token);
});

test.each(['', 'short', 'has spaces in it and is otherwise long enough', '<script>'.repeat(10)])(
  'a token file that holds "%s" is written anew: a door is never left open by a bad key',
  (text) => {
    keepSecret(folder, 'token', text);
    const token = keptToken(folder, 'token');
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(readFileSync(join(folder, 'token'), 'utf8')).toBe(`${token}\n`);
  },
);

test('a secret written over a file that was open to all closes it', () => {
  keepSecret(folder, 'city-feed', 'one');
  chmodSync(join(folder, 'city-feed'), 0o644);
  keepSecret(folder, 'city-feed', 'two');
  expect(mode('city-feed')).toBe(0o600);
});

test('a folder that cannot be made is an error, not a hall without a lock', () => {
  writeFileSync(join(folder, '..', 'file'), '');
  expect(() => keptToken(join(folder, '..', 'file', 'data'), 'token')).toThrow(
    /token cannot be used: the data folder is missing, or is not a folder/,
  );
  expect(existsSync(folder)).toBe(false);
});

test('ids and tokens are of their alphabets and do not repeat', () => {
  const ids = Array.from({ length: 2000 }, randomId);
  expect(new Set(ids).size).toBe(2000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{8}$/);
  expect(randomToken()).not.toBe(randomToken());
});
