import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { feedOn } from '../../../tests/fixtures/mqtt/feedOn.ts';

/** What platforms send, read by the configuration alone. */
const FIXTURES = new URL('../../../tests/fixtures/mqtt/', import.meta.url);
interface Example {
  readonly file: string;
  readonly what: string;
  readonly topic: string;
  readonly payload: unknown;
  readonly values: readonly (readonly [sensor: string, t: number, value: number])[];
}

const fixture = (file: string) => readFileSync(new URL(file, FIXTURES), 'utf8');
const EXAMPLES: readonly Example[] = JSON.parse(fixture('examples.json'));

test.each(EXAMPLES)('$file: $what', ({ file, topic, payload, values }) => {
  const { give, values: came, rejects } = feedOn(fixture(file), Date.parse('2026-11-28T00:00:00Z'));
  expect(give(topic, payload)).toEqual({ acknowledged: true });
  expect(came()).toEqual(values);
  // Beside what is asked for nothing is wrong: what no sensor is given for is told once.
  expect(rejects.list().filter(({ message }) => !message.en.includes("is no sensor's"))).toEqual([]);
});
