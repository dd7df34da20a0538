import { expect, it } from 'vitest';
import { figuresOf, isRow } from '../../scripts/bench-report.ts';
import { run as desk } from '../bench/desk.bench.ts';
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

it('the measurements of a desk run for a moment, and their figures have their shape', async () => {
  const results = await desk({ seconds: 2 });
  expect(results.map(({ id, unit, limit }) => [id, unit, limit?.most])).toEqual([
    ['slow-link', 'ms', 1000],
    ['slow-link/2', 'bytes', 20_000],
  ]);
  for (const { id, value } of results) expect(value, id).toBeGreaterThan(0);
});
