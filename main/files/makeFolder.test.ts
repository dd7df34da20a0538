import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareDataFolder } from './privateFiles.ts';

test('a data folder is made with those above it, each of its owner alone', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'opshall-folder-'));
  prepareDataFolder(join(scratch, 'a', 'b'));
  prepareDataFolder(join(scratch, 'a', 'b'));
  expect([join(scratch, 'a'), join(scratch, 'a', 'b')].map((folder) => statSync(folder).mode & 0o777)).toEqual([
    0o700, 0o700,
  ]);
  rmSync(scratch, { recursive: true });
});

test.runIf(existsSync('/proc/self'))('a folder below /proc is refused and not waited for', () => {
  expect(() => prepareDataFolder('/proc/opshall/x')).toThrow('/proc/opshall/x');
});
