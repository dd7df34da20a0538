import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { IMPORTED_KINDS, ImportPreview, MOST_WRONG_TOLD } from '../../../contract/features/setupImport.ts';
import { planSample } from '../../../tests/fakes/sampleImport.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { applyImport, undoImport } from '../../city/import/apply.ts';
import { IMPORT_KINDS } from '../../city/import/things.ts';
import { pastImports } from './pastImports.ts';
import { previewOf } from './preview.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const HEAD = '编号,名称,经度,纬度';

test('every kind that can be imported by command can be on screen', () => {
  expect(IMPORTED_KINDS).toEqual(IMPORT_KINDS);
});

test('of a large table the first are told and the others counted, within the contract', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => `p${i},地名${i},${i < 150 ? '31.2,121.5' : '121.5,31.2'}`);
  const plan = await planSample(scratch.folder(), 'places', `${HEAD}\n${rows.join('\n')}\n`, { crs: 'wgs84' });
  const preview = previewOf(plan);
  expect(ImportPreview.parse(preview)).toEqual(preview);
  expect(preview).toMatchObject({
    new: { count: 150, examples: ['p150', 'p151', 'p152', 'p153', 'p154'] },
    wrong: { rows: 150, count: 150 },
    first: { length: 10 },
  });
  expect(preview.wrong.told).toHaveLength(MOST_WRONG_TOLD);
  expect(structuredClone(preview)).toEqual(preview);
});

test('neither a password nor a sign that turns the writing is shown', async () => {
  const content = `${HEAD},rtsp地址\nC1,东门\u202e,121.5,31.2,rtsp://admin:secret@10.1.2.3/1\nC2,,121.5,31.2,rtsp://admin:secret@10.1.2.3/2\nC3,西门,121.5,31.2,rtsp://admin:secret@10.1.2.3/3\n`;
  const preview = previewOf(await planSample(scratch.folder(), 'cameras', content, { crs: 'wgs84' }));
  expect(preview.first[2]?.thing).toContainEqual({ member: 'source', value: 'rtsp://admin:***@10.1.2.3/3' });
  const shown = JSON.stringify(preview);
  expect(shown).toContain('rtsp://admin:***@10.1.2.3/1');
  expect(shown).not.toMatch(/secret|\u202e/);
});

test('imports that can be undone are told, the newest first, until they are undone', async () => {
  const folder = scratch.folder();
  const dataDir = join(folder, 'data');
  expect(pastImports(dataDir)).toEqual([]);
  const bring = async (name: string, rows: string, now: number) =>
    applyImport(await planSample(folder, 'places', `${HEAD}\n${rows}`, { name, crs: 'wgs84' }), now);
  await bring('东-区.csv', 'p1,东,121.5,31.2\n', Date.UTC(2026, 0, 1));
  await bring('西.csv', 'p2,西,121.5,31.2\np3,西,121.5,31.2\n', Date.UTC(2026, 0, 2));
  await bring('东-区.csv', 'p1,东,121.6,31.2\n', Date.UTC(2026, 0, 3, 1, 2, 3, 4));
  mkdirSync(join(dataDir, 'city', '.imports'), { recursive: true });
  writeFileSync(join(dataDir, 'city', '.imports', '20260101T000000000Z-notes.json'), '');
  expect(pastImports(dataDir)).toEqual([
    { name: 'places-东-区', kind: 'places', things: 1, at: Date.UTC(2026, 0, 3, 1, 2, 3, 4) },
    { name: 'places-西', kind: 'places', things: 2, at: Date.UTC(2026, 0, 2) },
  ]);
  writeFileSync(join(dataDir, 'city', 'places-西.json'), 'by hand');
  expect(pastImports(dataDir)[1]).toMatchObject({ things: null });
  undoImport(dataDir, 'places-东-区');
  expect(pastImports(dataDir).at(-1)).toMatchObject({ name: 'places-东-区', at: Date.UTC(2026, 0, 1) });
  undoImport(dataDir, 'places-东-区');
  expect(pastImports(dataDir)).toHaveLength(1);
});
