import { expect, it } from 'vitest';
import { figuresOf, isRow } from '../../scripts/bench-report.ts';
import { run as city } from '../bench/city.bench.ts';
import { run as desk } from '../bench/desk.bench.ts';
import { run as feeds } from '../bench/feeds.bench.ts';
import { run } from '../bench/scale.bench.ts';

it('the measurements of a whole city run on a small ledger, and their figures have their shape', async () => {
  const results = await run({ events: 2000 });
  const figures = figuresOf(results);

  const limited = results.filter((result) => isRow(result) && result.limit).map(({ id }) => id);
  expect(limited).toEqual([
    ...['start-1m', 'memory-1m', 'event', 'plan-300', 'plan-300/2', 'rebuild', 'rules'],
    ...['gauge-bytes', 'gauge-cpu', 'gauge-cpu-10', 'list', 'list-change', 'text', '200-put-out', '200-lost'],
  ]);
  for (const figure of figures) {
    expect(Object.keys(figure)).toEqual(['id', 'value', 'unit', 'ratio', 'against']);
    expect(Number.isFinite(figure.value), figure.id).toBe(true);
    expect(figure.ratio === null, figure.id).toBe(figure.against === null);
  }
  expect(results.every(isRow)).toBe(true);
});

it('a measurement of a desk runs for a moment, and its figures have their shape', async () => {
  const results = (await desk({ seconds: 2, rows: ['slow-link'] })).filter(isRow);
  expect(results.map(({ id, unit, limit }) => [id, unit, limit])).toEqual([
    ['slow-link', 'ms', { most: 1000, of: 'value' }],
    ['slow-link/2', 'bytes', { most: 20_000, of: 'value' }],
  ]);
  for (const { id, value } of results) expect(value, id).toBeGreaterThan(0);
});

it('a row that a desk does not have is refused, with those that it has', async () => {
  await expect(desk({ seconds: 2, rows: ['idel'] })).rejects.toThrow(
    'desk has no row "idel"; there are: slow-link, idle, flood, first, two, memory.',
  );
});

it('a measurement of feeds runs for a moment, and its figures have their shape', async () => {
  const results = (await feeds({ seconds: 1, rows: ['hostile', 'flood'] })).filter(isRow);
  expect(results.map(({ id, unit, limit }) => [id, unit, limit])).toEqual([
    ['hostile', 'readings/s', { least: 0.9, of: 'ratio' }],
    ['flood-calls', 'calls', { most: 10, of: 'value' }],
    ['flood-tones', 'tones', undefined],
    ['flood-found', 'alarms', { least: 1, of: 'ratio' }],
  ]);
  for (const { id, value } of results) expect(value, id).toBeGreaterThan(0);
});

it('a measurement of a small town runs, and its figures have their shape', async () => {
  const results = (await city({ seconds: 2, rows: ['basemap'] })).filter(isRow);
  expect(results.slice(0, 2).map(({ id, unit, ratio, limit }) => [id, unit, ratio === undefined || limit])).toEqual([
    ['basemap', 's', expect.anything()],
    ['basemap/memory', 'MB', true],
  ]);
  for (const { id, value } of results) expect(value, id).toBeGreaterThan(0);
});
