import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createScratch } from '../../tests/support/scratch.ts';
import { settleFolder } from './runAs.ts';
import { SIMULATOR_YAML } from './simulatorYaml.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());
const resources = resolve(import.meta.dirname, '..', '..', 'resources');

function settled(dir: string): string | null {
  settleFolder(dir, resources);
  try {
    return readFileSync(join(dir, SIMULATOR_YAML), 'utf8');
  } catch {
    return null;
  }
}

test('a folder that says nothing of itself is the made-up city, at its first start and each later one', () => {
  const dir = scratch.folder('made-up');
  expect(settled(dir)).toMatch(/^program: city$/m);
  writeFileSync(join(dir, SIMULATOR_YAML), 'program: other\n');
  expect(settled(dir)).toBe('program: other\n');
});

test('a hall of one’s own stays real when its hall.yaml is lost, and is played where it has a simulator.yaml', () => {
  const dir = scratch.folder('hall');
  writeFileSync(join(dir, 'hall.yaml'), 'hall: 1\n');
  expect(settled(dir)).toBe(null);
  rmSync(join(dir, 'hall.yaml'));
  expect(settled(dir)).toBe(null);
  const played = scratch.folder('played');
  writeFileSync(join(played, 'hall.yaml'), 'hall: 1\n');
  writeFileSync(join(played, SIMULATOR_YAML), 'program: city\n');
  expect(settled(played)).toBe('program: city\n');
  rmSync(join(played, 'hall.yaml'));
  expect(settled(played)).toBe('program: city\n');
});

test('a folder that an earlier version ran with the made-up city, or without, stays what it was', () => {
  const [drill, real] = [scratch.folder('drill'), scratch.folder('real')];
  writeFileSync(join(drill, 'profile'), 'drill\n');
  writeFileSync(join(real, 'profile'), 'empty\n');
  expect([settled(drill), settled(real)]).toEqual([expect.stringContaining('program: city'), null]);
});
