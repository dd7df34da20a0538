import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { GOLDEN, readGolden } from '../fixtures/goldenLedger.ts';
import { createScratch } from '../support/scratch.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

describe('the ledgers that versions wrote', () => {
  it.each(readdirSync(GOLDEN))('%s: opens, verifies, and comes to the same digest and views', (version) => {
    const dir = scratch.folder('golden');
    copyFileSync(join(GOLDEN, version, 'ledger.db'), join(dir, 'ledger.db'));
    const { golden, recovery, ledger } = readGolden(dir);
    scratch.keep(ledger, () => ledger.close());
    expect(recovery).toBeNull();
    expect(ledger.status()).toMatchObject({ keyChanged: false, forks: [], strangers: [] });
    expect(golden).toMatchObject(JSON.parse(readFileSync(join(GOLDEN, version, 'golden.json'), 'utf8')));
  });

  it('there is one of this version', () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(readdirSync(GOLDEN)).toContain(version);
  });
});
