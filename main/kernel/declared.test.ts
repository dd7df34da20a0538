import { expect, test } from 'vitest';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { readBody, stamper } from '../../core/ledger/family.ts';
import { FEATURES } from '../features/index.ts';
import { type Declared, declaredBy, rehearsalOf, rehearsed, showingOf } from './declared.ts';
import type { Feature } from './feature.ts';

type Declares = Pick<Feature, 'contract' | 'kinds' | 'families' | 'readModels' | 'show'>;

function feature(name: string, declares: Partial<Declares> = {}): Declares {
  const contract = { name, methods: {}, queries: {}, topics: {}, streams: {} };
  return { contract, kinds: [], families: [], readModels: [], show: () => ({ shows: {} }), ...declares };
}
const alarms = FEATURES.find(({ contract }) => contract.name === 'alarms') as Feature;

test('two features that declare one kind or one table are refused, with the names of both', () => {
  expect(() => declaredBy([alarms, feature('bells', { kinds: alarms.kinds })])).toThrow(
    'the features alarms and bells both declare the kind of events "alarm": rename one',
  );
  expect(() => declaredBy([alarms, feature('bells', { readModels: alarms.readModels })])).toThrow(
    'the features alarms and bells both declare the read model "alarms": rename one',
  );
});

test('every kind of the house has its events, and what nobody folds has its own', () => {
  const { kinds, families } = declaredBy(FEATURES);
  expect(kinds.map(({ aggregate }) => aggregate.kind).sort()).toEqual([
    'alarm',
    'call',
    'handover',
    'incident',
    'run',
    'wall',
    'warning',
  ]);
  expect(families.map(({ kind }) => kind).sort()).toEqual([
    'alarm',
    'audit',
    'call',
    'handover',
    'incident',
    'plan',
    'run',
    'wall',
    'warning',
  ]);
});

test('what a feature made ready before the start is given to its own start', () => {
  const one = feature('one', { show: () => ({ shows: {}, kept: 1 }) as ReturnType<Feature['show']> });
  const showing = showingOf([one, feature('other')], {} as never);
  expect(showing.of(one)).toEqual({ shows: {}, kept: 1 });
  expect(() => showing.of(feature('third'))).toThrow('the feature third is not of this list');
});

test('what is of a rehearsal is written to its stream alone, and no event goes from one ledger into the state of another', () => {
  const live = declaredBy(FEATURES);
  const drill = rehearsed(live, 'drill:d-1');
  expect(new Set(drill.families.map(({ stream }) => stream))).toEqual(new Set(['drill:d-1']));
  const noted = { subject: 'incident:i-1', type: 'incident.noted', body: { text: 'here' } };
  const { v } = stamper(live.families)({ ...noted, actor: 'duty' });
  const reads = ({ kinds }: Declared, stream: string) =>
    kinds.some(({ aggregate }) => readBody(aggregate, { ...noted, stream, v } as unknown as LedgerEvent) !== null);
  expect([reads(live, 'ops'), reads(live, 'drill:d-1')]).toEqual([true, false]);
  expect([reads(drill, 'drill:d-1'), reads(drill, 'ops')]).toEqual([true, false]);
});

test('a ledger of one rehearsal alone is its record', () => {
  expect(rehearsalOf(['drill:d-1/A', 'drill:d-1/A~2'])).toBe('drill:d-1');
  for (const other of [[], ['ops/A'], ['ops/A', 'drill:d-1/A'], ['drill:d-1/A', 'drill:d-2/A']])
    expect(rehearsalOf(other)).toBeNull();
});
