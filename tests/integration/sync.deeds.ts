import { z } from 'zod';
import { alarmAggregate } from '../../core/alarms/alarm.ts';
import { decideAlarm } from '../../core/alarms/decide.ts';
import { decideIncident } from '../../core/incidents/decide.ts';
import { incidentAggregate } from '../../core/incidents/incident.ts';
import { documentSubject } from '../../core/ledger/documents.ts';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import { type EventFamily, firstVersions } from '../../core/ledger/family.ts';
import type { Aggregate, Projection } from '../../core/ledger/projection.ts';
import { OPS } from '../../core/ledger/stream.ts';
import { refusedDraft } from '../../core/people/audit.ts';
import { decideRun } from '../../core/plans/decide.ts';
import { PLAN_DOCUMENT, planDraft, planHash } from '../../core/plans/document.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import { PlanTemplate } from '../../core/plans/template.ts';
import type { Ledger } from '../../main/ledger/ledger.ts';
import { sha256 } from '../../main/ledger/sha256.ts';

/** Which version of the program a station runs: the second writes `tally.counted` otherwise, and knows a type more. */
export type Generation = 1 | 2;

/** Remembers every event in the order of the fold: any difference in order between two stations shows. */
const tally = (events: EventFamily['events']): Aggregate<string[]> => ({
  kind: 'tally',
  stream: OPS,
  initialState: () => [],
  evolve: (ids, event) => [...ids, `${event.id}=${event.body.count ?? event.body.n ?? '-'}`],
  events,
});
export const TALLIES: Readonly<Record<Generation, Aggregate<string[]>>> = {
  1: tally(firstVersions({ 'tally.counted': z.object({ n: z.number() }) })),
  2: tally({
    'tally.counted': { v: 2, body: z.object({ count: z.number() }), upcast: { 1: ({ n }) => ({ count: n }) } },
    'tally.checked': { v: 1, body: z.object({}) },
  }),
};
/** What a station of the first generation cannot understand. */
export const isForeign = ({ type, v }: Pick<LedgerEvent, 'type' | 'v'>): boolean =>
  type === 'tally.checked' || (type === 'tally.counted' && v > 1);

const rehearsal = (id: string): EventFamily => ({
  kind: `rehearsal-${id}`,
  stream: `drill:${id}`,
  events: firstVersions({ 'rehearsal.noted': z.object({ n: z.number() }) }),
});
export const REHEARSALS = [rehearsal('x'), rehearsal('y')];

const counted = ({ generation }: Doer, n: number, i: number): EventDraft => ({
  ...{ type: 'tally.counted', subject: `tally:${i}`, actor: 'duty' },
  body: generation === 1 ? { n } : { count: n },
});

const text = (en: string) => ({ zh: en, en });

const PLAN = PlanTemplate.parse({
  plan: 'flood',
  version: 1,
  status: 'approved',
  name: text('flood'),
  fits: { incidents: ['flood'], level: 4 },
  lanes: [{ id: 'fire', department: 'fire', title: text('fire') }],
  steps: [
    { id: 'go', lane: 'fire', title: text('go') },
    {
      id: 'how',
      lane: 'fire',
      title: text('how'),
      kind: 'decision',
      options: [
        { id: 'pump', title: text('pump') },
        { id: 'wait', title: text('wait') },
      ],
    },
    { id: 'pump', lane: 'fire', title: text('pump'), needs: ['go'], when: { step: 'how', option: 'pump' } },
  ],
});
const HASH = planHash(PLAN, sha256);
const IN_COMMAND = { incident: 'incident:1', actor: 'commander' };
const PLACE = { lon: 1, lat: 2, name: text('here') };

/** Who does it: a simulated station. */
export interface Doer {
  readonly name: string;
  readonly generation: Generation;
  readonly ledger: Ledger;
  readonly views: Projections;
}

/** What a person or rule at a simulated station tries to do; most are refused in most states, as in life. */
export type Deed = (station: Doer, n: number) => readonly EventDraft[];

export type Projections = {
  tally: Projection<string[]>;
  alarm: Projection<ReturnType<typeof alarmAggregate.initialState>>;
  incident: Projection<ReturnType<typeof incidentAggregate.initialState>>;
  run: Projection<ReturnType<typeof runAggregate.initialState>>;
};

const alarm = (station: Doer) =>
  station.views.alarm.get('alarm:level:1') ?? alarmAggregate.initialState('alarm:level:1');
const incident = (station: Doer) =>
  station.views.incident.get('incident:1') ?? incidentAggregate.initialState('incident:1');
const run = (station: Doer) => station.views.run.get('run:1') ?? runAggregate.initialState('run:1');
const finding = (level: 1 | 2 | 3 | 4) => ({
  rule: 'level',
  title: text('water'),
  level,
  source: { kind: 'sensor', id: '1' },
  value: level,
  unit: 'm',
  place: PLACE,
});
const level = (n: number) => ((n % 4) + 1) as 1 | 2 | 3 | 4;

export const DEEDS: readonly Deed[] = [
  (s, n) => [counted(s, n, n % 3)],
  (s, n) => decideAlarm(alarm(s), { do: 'raise', finding: finding(level(n)), actor: 'rule' }),
  (s) => decideAlarm(alarm(s), { do: 'acknowledge', actor: 'duty' }),
  (s, n) => decideAlarm(alarm(s), { do: 'clear', value: n, actor: 'rule' }),
  (s, n) => decideAlarm(alarm(s), { do: 'link', incident: `incident:${n % 2}`, actor: 'duty' }),
  (s, n) =>
    decideIncident(incident(s), {
      do: 'open',
      type: 'flood',
      title: text('flood'),
      place: PLACE,
      level: level(n),
      alarm: null,
      actor: 'duty',
    }),
  (s, n) => decideIncident(incident(s), { do: 'set-level', level: level(n), reason: 'worse', actor: 'commander' }),
  (s, n) => decideIncident(incident(s), { do: 'note', text: `note ${n}`, actor: 'duty' }),
  (s) => {
    const launched = decideRun(run(s), { do: 'launch', plan: PLAN, hash: HASH, ...IN_COMMAND });
    const held = s.ledger.eventsOf(documentSubject(PLAN_DOCUMENT, HASH));
    const isHeld = held.some(({ station }) => station === s.ledger.chain);
    return launched.length === 0 || isHeld ? launched : [planDraft(PLAN, HASH, 'commander'), ...launched];
  },
  (s) => decideRun(run(s), { do: 'acknowledge', step: 'go', actor: 'fire' }),
  (s) => decideRun(run(s), { do: 'finish', step: 'go', note: null, actor: 'fire' }),
  (s) => decideRun(run(s), { do: 'skip', step: 'go', reason: 'no road', actor: 'commander' }),
  (s, n) => decideRun(run(s), { do: 'decide', step: 'how', option: n % 2 ? 'pump' : 'wait', actor: 'commander' }),
  (s, n) => decideAlarm(alarm(s), { do: 'shelve', minutes: n + 1, reason: 'works', actor: 'duty' }),
  (s) => decideAlarm(alarm(s), { do: 'unshelve', actor: 'duty' }),
  (s, n) => {
    const terms = { direction: 'high' as const, at: n, for: 0 };
    return decideAlarm(alarm(s), { do: 'hold', terms, station: s.name, actor: 'rule' });
  },
  // Another stream: a chain of its own, in one order with the rest.
  (s, n) => [
    refusedDraft('wall', { client: s.name, via: 'window', what: `ask.${n}`, why: 'no right', count: n + 1, since: n }),
  ],
  // What only newer stations know of.
  (s, n) => (s.generation === 1 ? [] : [{ type: 'tally.checked', subject: `tally:${n % 3}`, actor: 'duty', body: {} }]),
  (_, n) => {
    const { kind } = REHEARSALS[n % REHEARSALS.length] as EventFamily;
    return [{ type: 'rehearsal.noted', subject: `${kind}:1`, actor: 'duty', body: { n } }];
  },
  // A stretch of work at once: fills more than one batch when it repeats.
  (s, n) => Array.from({ length: 40 }, (__, i) => counted(s, n, i % 5)),
];
