import { afterEach, expect, test } from 'vitest';
import { killRounds } from '../../support/killRounds.ts';
import { seededRandom } from '../../support/random.ts';
import { createScratch } from '../../support/scratch.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

test('killed twenty times in the middle of decisions: nothing acknowledged is missing, nothing is there twice', async () => {
  const report = await killRounds({ dataDir: scratch.folder('kills'), rounds: 20, random: seededRandom(20261126) });
  expect(report).toMatchObject({ kills: 20, lost: [], repeated: [], gaps: 0, unwell: 0 });
  expect(report.acknowledged).toBeGreaterThan(20 * 2);
});
