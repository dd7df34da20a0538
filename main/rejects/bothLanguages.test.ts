import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { z } from 'zod';
import { AlarmRules } from '../../core/alarms/rules.ts';
import { DrillScript } from '../../core/drills/script.ts';
import { PlanTemplate } from '../../core/plans/template.ts';
import { halfSaid } from '../../tests/support/bothLanguages.ts';
import { describeIssue } from '../config/issue.ts';
import { WsJsonConfig } from '../feeds/ws-json/config.ts';
import { Envelope, ObservationRecord, UnitRecord } from '../feeds/ws-json/schema.ts';
import { SyncMessage } from '../sync/messages.ts';

const resource = (file: string): object =>
  parse(readFileSync(join(resolve(import.meta.dirname, '..', '..', 'resources'), file), 'utf8'));

const KEY = 'A'.repeat(43);
const hello = { t: 'hello', protocol: 2, station: 'B', chain: 'B', have: { 'ops/B': 1 }, wall: 1, takes: ['ops'] };
const sealed = { chain: 'ops/B', seq: 1, hash: 'a'.repeat(64), alg: 'ed25519', key: KEY, sig: KEY.repeat(2) };
const events = { t: 'events', batch: 1, events: [], seals: [sealed] };
const answer = { t: 'ack', batch: 1, have: {}, refused: [{ id: 'ops/B-1', reason: 'fork', message: '' }] };
const unit = { unit: 'U-1', t: 1, lon: 121, lat: 29, heading: 0, speed: 0, status: 'busy' };

/** Everything from outside that a schema looks at, and a document that it takes. */
const SCHEMAS: readonly (readonly [string, z.ZodType, unknown])[] = [
  ['a rules file', AlarmRules, resource('rules/flood.yaml')],
  ['a plan', PlanTemplate, resource('plans/gas-leak.yaml')],
  ['a drill', DrillScript, resource('drills/two-at-once.yaml')],
  [
    'a feed',
    WsJsonConfig,
    { id: 'f', protocol: 'ws-json', name: { zh: '源', en: 'F' }, url: 'ws://h:1', crs: 'wgs84' },
  ],
  ['a message of a source', Envelope, { v: 1, seq: 1, t: 1, obs: [], units: [] }],
  ['a value', ObservationRecord, { sensor: 'WL-1', t: 1, value: 1, quality: 'bad' }],
  ['a position', UnitRecord, unit],
  ['a hello of a station', SyncMessage, hello],
  ['events of a station', SyncMessage, events],
  ['an answer of a station', SyncMessage, answer],
];

const BAD = [
  ...[null, true, 7, -1.5, 1e99, Number.MAX_SAFE_INTEGER, '', ' ', 'A B!', '\u202e', 'x'.repeat(3000)],
  ...[[], {}, [null], { a: 1 }, new Array<number>(6000).fill(0)],
];

type Change = { at: number; with: unknown } | { at: number; without: true } | { at: number; key: string };
const change = fc.oneof(
  fc.record({ at: fc.nat(), with: fc.constantFrom(...BAD) }),
  fc.record({ at: fc.nat(), without: fc.constant(true as const) }),
  fc.record({ at: fc.nat(), key: fc.constantFrom('odd', 'Name', 'a b') }),
);

/** Every place of a document that has a key. */
function places(node: unknown): { in: Record<string, unknown>; key: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  const here = node as Record<string, unknown>;
  return Object.keys(here).flatMap((key) => [{ in: here, key }, ...places(here[key])]);
}

function changed(document: unknown, changes: readonly Change[]): unknown {
  const copy = structuredClone(document);
  for (const each of changes) {
    const all = places(copy);
    const place = all[each.at % all.length];
    if (place === undefined) break;
    if ('with' in each) place.in[place.key] = structuredClone(each.with);
    else if ('key' in each) place.in[each.key] = 1;
    else if (Array.isArray(place.in)) place.in.splice(Number(place.key), 1);
    else delete place.in[place.key];
  }
  return copy;
}

test('whatever a schema of what comes from outside finds, it is told in both languages', () => {
  const codes = new Set<string>();
  for (const [what, schema, document] of SCHEMAS) {
    const look = (changes: readonly Change[]) => {
      for (const issue of schema.safeParse(changed(document, changes)).error?.issues.slice(0, 50) ?? []) {
        codes.add(issue.code);
        const { message, remedy } = describeIssue(issue);
        expect([halfSaid(message), halfSaid(remedy)], what).toEqual([null, null]);
        expect(remedy.zh).not.toContain('^'); // Nobody is told a regular expression: each form has its words.
        if (issue.code === 'custom') expect(issue.params).toHaveProperty('zh');
      }
    };
    expect(schema.safeParse(document).error, what).toBeUndefined();
    const all = places(document);
    for (const [at, place] of all.entries())
      if (all.findIndex((other) => other.in === place.in) === at) look([{ at, key: 'a b' }]);
    const some = fc.array(change, { minLength: 1, maxLength: 3 });
    fc.assert(fc.property(some, look), { seed: 20261127, numRuns: 200 });
  }
  expect([...codes].sort()).toEqual([
    ...['custom', 'invalid_format', 'invalid_key', 'invalid_type', 'invalid_union', 'invalid_value'],
    ...['too_big', 'too_small', 'unrecognized_keys'],
  ]);
});
