import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { isUsualColumn } from '../import/fields.ts';
import { readSource } from '../import/readSource.ts';
import type { Row, Table } from './tables.ts';
import { csvText, geojsonText } from './tableText.ts';

const folder = mkdtempSync(join(tmpdir(), 'opshall-table-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('=SUM(A1)', '+86 10', '-', '@x', '"', '，', ';|', 'a\r\nb', '34020000001320000001', ' x '),
);
const rows = fc.array(
  fc.record({ name: text, lon: fc.integer({ min: -180, max: 180 }), lat: fc.integer({ min: -90, max: 90 }) }),
  { minLength: 1, maxLength: 8 },
);
const tableOf = (all: readonly { name: string; lon: number; lat: number }[]): Table => ({
  kind: 'places',
  columns: [
    { zh: '编号', member: 'id' },
    { zh: '名称', member: 'name' },
  ],
  rows: all.map(({ name, ...at }, i): Row => ({ values: [`K-${i}`, name], at })),
});

test.each(['csv', 'geojson'] as const)(
  'whatever a thing is called stands in %s as it is, and no cell is reckoned',
  (form) => {
    fc.assert(
      fc.property(rows, (all) => {
        const file = join(folder, `places.${form}`);
        const written = form === 'csv' ? csvText(tableOf(all), 'wgs84') : geojsonText(tableOf(all));
        writeFileSync(file, written);
        const read = readSource(file, { known: isUsualColumn });
        expect(read.crs?.crs).toBe('wgs84');
        const named = (cell: unknown) => String(cell ?? '').replace(/^\t(?=[=+\-@]|\d{16})/, '');
        const [id, name] = form === 'csv' ? ['编号', '名称'] : ['id', 'name'];
        expect(read.rows.map(({ values }) => [values[id ?? ''], named(values[name ?? ''])])).toEqual(
          all.map((each, i) => [`K-${i}`, each.name]),
        );
        if (form === 'csv') for (const cell of written.split(/[,\r\n]/)) expect(cell).not.toMatch(/^"?[=+@]/);
      }),
      { numRuns: 400, seed: 20261128 },
    );
  },
);
