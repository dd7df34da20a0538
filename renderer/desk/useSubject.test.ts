import { describe, expect, test } from 'vitest';
import type { Bridge } from '../bridge/index.ts';
import { askedFor, sourcesOf } from './useSubject.ts';

interface Known {
  alarms?: object[];
  runs?: { id: string; incident: string; state?: string; launched?: { at: number } }[];
  asked?: Record<string, object[]>;
}

/** A window that knows this. */
function bridgeOf({ alarms = [], runs = [], asked = {} }: Known): Pick<Bridge, 'items' | 'known' | 'observations'> {
  const items = { alarms, runs: runs.map((run) => ({ state: 'running', launched: { at: 1 }, ...run })) };
  return {
    items: (topic: 'alarms' | 'runs') => new Map(items[topic].map((item) => [(item as { id: string }).id, item])),
    known: (name: string, params: object) => ({ rows: asked[`${name} ${JSON.stringify(params)}`] ?? null }),
    observations: { directory: () => [] },
  } as never;
}

const incident = { kind: 'incident', id: 'incident:1', at: null } as const;
const ONE = ['incidents.one', { id: 'incident:1' }];
const LAST = ['runs.list', { incident: 'incident:1', limit: 1 }];

describe('what is asked of the hall for what goes with a selection', () => {
  test('nothing for nothing, and for what windows are told of', () => {
    expect(askedFor(bridgeOf({}), null)).toEqual([]);
    expect(askedFor(bridgeOf({}), { kind: 'camera', id: 'CAM-1', at: null })).toEqual([]);
    expect(
      askedFor(bridgeOf({ alarms: [{ id: 'alarm:1', incident: null }] }), { kind: 'alarm', id: 'alarm:1', at: null }),
    ).toEqual([]);
  });

  test('of an incident itself, and its last run where none that goes on is known', () => {
    expect(askedFor(bridgeOf({ runs: [{ id: 'run:1', incident: 'incident:1' }] }), incident)).toEqual([ONE]);
    expect(askedFor(bridgeOf({}), incident)).toEqual([ONE, LAST]);
    const asked = { 'runs.list {"incident":"incident:1","limit":1}': [{ id: 'run:7' }] };
    expect(askedFor(bridgeOf({ asked }), incident)).toEqual([ONE, LAST, ['runs.one', { id: 'run:7' }]]);
  });

  test('of a run that ended long ago itself, and then its incident', () => {
    const run = { kind: 'run', id: 'run:7', at: null } as const;
    expect(askedFor(bridgeOf({}), run)).toEqual([['runs.one', { id: 'run:7' }]]);
    const asked = { 'runs.one {"id":"run:7"}': [{ id: 'run:7', incident: 'incident:1' }] };
    expect(askedFor(bridgeOf({ asked }), run)).toEqual([['runs.one', { id: 'run:7' }], ONE]);
  });

  test('of an alarm that is over itself, and then its incident', () => {
    const alarm = { kind: 'alarm', id: 'alarm:1', at: null } as const;
    expect(askedFor(bridgeOf({}), alarm)).toEqual([['alarms.one', { id: 'alarm:1' }]]);
    const over = { id: 'alarm:1', incident: 'incident:1' };
    const asked = { 'alarms.one {"id":"alarm:1"}': [over] };
    expect(askedFor(bridgeOf({ asked }), alarm)).toEqual([['alarms.one', { id: 'alarm:1' }], ONE, LAST]);
    expect(sourcesOf(bridgeOf({ asked }), new Map()).alarm('alarm:1')).toEqual(over);
    const up = { ...over, incident: null };
    expect(sourcesOf(bridgeOf({ asked, alarms: [up] }), new Map()).alarm('alarm:1')).toEqual(up);
  });

  test('what came is found again, what goes on before what has ended', () => {
    const ended = { id: 'run:7', incident: 'incident:1' };
    const asked = {
      'incidents.one {"id":"incident:1"}': [{ id: 'incident:1' }],
      'runs.list {"incident":"incident:1","limit":1}': [{ id: 'run:7' }],
      'runs.one {"id":"run:7"}': [ended],
    };
    const old = sourcesOf(bridgeOf({ asked }), new Map());
    expect([old.incident('incident:1'), old.runFor('incident:1')]).toEqual([{ id: 'incident:1' }, ended]);
    const now = sourcesOf(bridgeOf({ asked, runs: [{ id: 'run:8', incident: 'incident:1' }] }), new Map());
    expect(now.runFor('incident:1')?.id).toBe('run:8');
  });
});
