import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildCity } from '../scripts/city/build.ts';
import { halfSaid } from '../tests/support/bothLanguages.ts';
import { CityFileError, loadCity } from './load.ts';

describe('loadCity', () => {
  const dir = mkdtempSync(join(tmpdir(), 'opshall-city-'));
  let undo: (() => void) | undefined;

  beforeAll(() => {
    buildCity(dir);
    return () => rmSync(dir, { recursive: true });
  }, 60_000);
  afterEach(() => {
    undo?.();
    undo = undefined;
  });

  /** Puts other text into one file until the test is over. */
  function spoil(file: string, change: (text: string) => string): void {
    const path = join(dir, file);
    const text = readFileSync(path, 'utf8');
    undo = () => writeFileSync(path, text);
    writeFileSync(path, change(text));
  }

  it('reads the whole city', () => {
    const city = loadCity(dir);
    expect(city.meta.zh).toBe('澜港市');
    expect(city.cameras).toHaveLength(200);
    expect(city.units).toHaveLength(2_000);
    expect(city.cells).toHaveLength(city.meta.counts.cells ?? -1);
  });

  it('names a missing file and the remedy', () => {
    const missing = join(dir, 'nowhere');
    expect(() => loadCity(missing)).toThrow(CityFileError);
    expect(() => loadCity(missing)).toThrow(/nowhere.city\.json cannot be read\. Run "npm run build"/);
  });

  it.each([
    ['cut short', 'cameras.json', (text: string) => text.slice(0, 500), /cameras\.json is not JSON/],
    [
      'a bearing of text',
      'cameras.json',
      (text: string) => text.replace(/"bearing":[\d.]+/, '"bearing":"N"'),
      /cameras\.json is wrong at 0\.bearing/,
    ],
    [
      'another version',
      'city.json',
      (text: string) => text.replace('"version": 1', '"version": 9'),
      /city\.json is wrong at version/,
    ],
    [
      'a road to nowhere',
      'graph.json',
      (text: string) => text.replace(/"edges":\[\[\d+,/, '"edges":[[999999,'),
      /edges must join nodes that exist/,
    ],
    [
      'a unit at no node',
      'units.json',
      (text: string) => text.replace(/"home":\d+/, '"home":999999'),
      /stations unit POL-C001 at road node 999999/,
    ],
  ])('refuses %s, naming the place', (_name, file, change, message) => {
    spoil(file, change);
    expect(() => loadCity(dir)).toThrow(message);
    try {
      loadCity(dir);
    } catch (error) {
      expect(halfSaid((error as CityFileError).text)).toBe(null);
    }
  });
});
