import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { testSigner } from '../../tests/fakes/ledgerStore.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { createVerifySignature, KEY_FILE, keptStationKey } from './stationKey.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

describe('the key of a station', () => {
  it('is made once, kept for its owner alone, and signs what its public half verifies', () => {
    const dir = scratch.folder('key');
    const made = keptStationKey(dir);
    expect(keptStationKey(dir).key).toBe(made.key);
    expect(statSync(join(dir, KEY_FILE)).mode & 0o777).toBe(0o600);
    const verify = createVerifySignature();
    expect(verify(made.key, 'text', made.sign('text'))).toBe(true);
    expect(verify(made.key, 'other', made.sign('text'))).toBe(false);
    expect(verify(keptStationKey(scratch.folder('other')).key, 'text', made.sign('text'))).toBe(false);
  });

  it.each([
    ['no key', 'rubbish'],
    ['empty', ''],
  ])('a file that holds %s is named, and left as it is', (_, text) => {
    const dir = scratch.folder('key');
    writeFileSync(join(dir, KEY_FILE), text);
    expect(() => keptStationKey(dir)).toThrow();
    expect(readFileSync(join(dir, KEY_FILE), 'utf8')).toBe(text);
    expect(existsSync(join(dir, `${KEY_FILE}.fresh`))).toBe(false);
  });

  it.each(['', 'x', 'A'.repeat(43), '\u0000'.repeat(43)])(
    'a key or signature that is none verifies nothing: %j',
    (odd) => {
      const verify = createVerifySignature();
      const { key, sign } = testSigner('a');
      expect(verify(odd, 'text', sign('text'))).toBe(false);
      expect(verify(key, 'text', odd)).toBe(false);
    },
  );
});
