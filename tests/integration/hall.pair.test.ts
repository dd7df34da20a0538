import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startChild } from '../support/child.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

test('two halls live in one process, know nothing of each other, and leave nothing running', async () => {
  const scratch = createScratch();
  const program = fileURLToPath(new URL('./hall.pair.child.ts', import.meta.url));
  const child = startChild('two halls', process.execPath, [program, scratch.folder('a'), scratch.folder('b')]);
  await child.line(/^closed$/, 40_000);
  expect(child.lines).toEqual(['walls of 0: of-0', 'walls of 1: of-1', 'the other still answers: true', 'closed']);
  await until(() => child.exited, { within: 5000, what: 'the process ending by itself' });
  expect(child.ending).toBe(0);
  await scratch.clear();
});
