import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OPS_1, sha256 } from '../../tests/fakes/fold.ts';
import { EMPTY_CHAIN, seal } from '../ledger/chain.ts';
import type { EventDraft } from '../ledger/envelope.ts';
import { readBody } from '../ledger/family.ts';
import { formatHlc } from '../ledger/hlc.ts';
import { takeWarning } from './chain.ts';
import { decideWarning, type WarningCommand, waitsForSomebody } from './decide.ts';
import type { WarningMessage } from './message.ts';
import { holds, incidentOfWarning, type Warning, warningAggregate } from './warning.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2024, 8, 1, 6);
const subjectOf = (sender: string, identifier: string) =>
  `warning:${createHash('sha256').update(`${sender}\n${identifier}`).digest('hex').slice(0, 32)}`;

/** A hall of warnings alone: what is decided is folded at once. */
function hall() {
  const states = new Map<string, Warning>();
  let head = EMPTY_CHAIN;
  let now = T0;
  const get = (id: string) => states.get(id) ?? warningAggregate.initialState(id);
  const write = (drafts: readonly EventDraft[]) => {
    for (const draft of drafts) {
      const event = seal(
        draft,
        { ...OPS_1, station: 'A', head, hlc: formatHlc(now, head.seq % 65_536), at: now },
        sha256,
      );
      head = { seq: event.seq, hash: event.hash };
      const body = readBody(warningAggregate, event);
      expect(body).not.toBeNull();
      states.set(event.subject, warningAggregate.evolve(get(event.subject), event));
    }
    return drafts.map(({ type }) => type.slice('warning.'.length));
  };
  return {
    get,
    at(wall: number) {
      now = wall;
    },
    hear: (message: WarningMessage) => write(takeWarning(message, { get, subjectOf }, { now, actor: 'feed.weather' })),
    do: (name: string, command: WarningCommand) => write(decideWarning(get(subjectOf(SENDER, name)), command)),
    of: (name: string) => get(subjectOf(SENDER, name)),
    holding: () => [...states.values()].filter(holds).map(({ said }) => said?.identifier),
  };
}

const SENDER = '42010041600000';
const text = (zh: string) => ({ zh, en: zh });

/** @param after hours after the first */
function message(
  identifier: string,
  after: number,
  does: WarningMessage['does'] = 'alert',
  references: readonly string[] = [],
  more: Partial<WarningMessage> = {},
): WarningMessage {
  const sent = T0 + after * HOUR;
  return {
    ...{ sender: SENDER, identifier, sent, does, event: text('暴雨'), code: '11B03', level: 3 },
    ...{ severity: 'Moderate', urgency: 'Immediate', certainty: 'Likely', from: text('气象台') },
    ...{ title: text(`暴雨预警 ${identifier}`), text: text(''), instruction: text('') },
    ...{ onset: null, until: sent + 6 * HOUR, assumed: false },
    area: { name: text('武汉市'), polygons: [], circles: [], codes: ['420100000000'] },
    references: references.map((each) => ({ sender: SENDER, identifier: each })),
    ...more,
  };
}

const ALERT = message('A', 0);
const UPDATE = message('U', 2, 'update', ['A'], { level: 2 });
const CANCEL = message('C', 4, 'cancel', ['U']);

describe('a chain of warnings', () => {
  test('N1 an alert holds, an update replaces it, a cancel ends it', () => {
    const a = hall();
    expect(a.hear(ALERT)).toEqual(['came']);
    expect(a.holding()).toEqual(['A']);
    a.hear(UPDATE);
    expect(a.holding()).toEqual(['U']);
    expect(a.of('A').ended).toMatchObject({ how: 'replaced', by: a.of('U').id });
    a.hear(CANCEL);
    expect(a.holding()).toEqual([]);
    expect(a.of('U').ended).toMatchObject({ how: 'cancelled', by: a.of('C').id });
  });

  test('N1 a cancel that comes before its alert ends it when it comes', () => {
    const a = hall();
    a.hear(message('C', 4, 'cancel', ['A']));
    expect(a.hear(ALERT)).toEqual(['came', 'ended']);
    expect([a.holding(), a.of('A').ended?.how]).toEqual([[], 'cancelled']);
  });

  test('N1 one older than what is known changes nothing, whatever it refers to', () => {
    const a = hall();
    a.hear(ALERT);
    a.hear(message('U2', 4, 'update', ['A'], { level: 1 }));
    a.hear(message('U1', 2, 'update', ['A'], { level: 2 }));
    expect([a.holding(), a.of('U1').ended?.how]).toEqual([['U2'], 'replaced']);
    a.hear(message('C1', 3, 'cancel', ['A']));
    expect(a.holding()).toEqual(['U2']);
  });

  test('N2 one that is repeated changes nothing, also after it ended', () => {
    const a = hall();
    a.hear(ALERT);
    expect(a.hear(ALERT)).toEqual([]);
    a.hear(UPDATE);
    expect([a.hear(ALERT), a.hear(UPDATE), a.holding()]).toEqual([[], [], ['U']]);
  });

  test('N3 two under one number both hold, and each is followed by its own', () => {
    const a = hall();
    const wind = { event: text('大风'), code: '11B06' };
    a.hear(ALERT);
    a.hear(message('A', 0, 'alert', [], wind));
    expect(a.holding()).toEqual(['A', 'A']);
    a.hear(message('U', 1, 'update', ['A'], wind));
    expect(a.of('A')).toMatchObject({ said: { code: '11B03' }, ended: null });
    a.hear(message('C', 2, 'cancel', ['A']));
    expect(a.holding()).toEqual(['U']);
  });

  test('N4 a message in another’s name touches nothing', () => {
    const a = hall();
    a.hear(ALERT);
    const foreign = { sender: 'somebody', references: [{ sender: SENDER, identifier: 'A' }] };
    a.hear(message('C', 4, 'cancel', [], foreign));
    a.hear(message('U', 4, 'update', [], foreign));
    // Under the same number it is another message.
    a.hear(message('A', 5, 'cancel', [], { sender: 'somebody', references: [{ sender: null, identifier: 'A' }] }));
    expect([a.holding(), a.of('A').ended]).toEqual([['A', 'U'], null]);
    a.hear(message('C2', 6, 'cancel', [], { references: [{ sender: null, identifier: 'A' }] }));
    expect(a.holding()).toEqual(['U']);
  });

  test('N5 it waits for a person; an update that is no worse asks no more, one that is worse does', () => {
    const a = hall();
    a.hear(ALERT);
    expect(waitsForSomebody(a.of('A'))).toBe(true);
    a.do('A', { do: 'acknowledge', actor: 'duty' });
    expect(a.do('A', { do: 'acknowledge', actor: 'commander' })).toEqual([]);
    expect([waitsForSomebody(a.of('A')), a.of('A').acknowledged?.actor]).toEqual([false, 'duty']);
    a.hear(message('U1', 1, 'update', ['A']));
    expect(waitsForSomebody(a.of('U1'))).toBe(false);
    a.hear(message('U2', 2, 'update', ['U1'], { level: 2 }));
    expect(waitsForSomebody(a.of('U2'))).toBe(true);
    a.hear(message('U3', 3, 'update', ['U2'], { level: 3 }));
    expect(waitsForSomebody(a.of('U3'))).toBe(true);
  });

  test('N6 it becomes one incident, and so is what updates it', () => {
    const a = hall();
    a.hear(ALERT);
    a.do('A', { do: 'link', incident: 'incident:1', actor: 'duty' });
    expect(() => a.do('A', { do: 'link', incident: 'incident:2', actor: 'duty' })).toThrow(/already incident/);
    a.hear(UPDATE);
    expect(incidentOfWarning(a.of('U'))).toBe('incident:1');
  });

  test('N7 a command about one that nobody knows is refused', () => {
    for (const command of ['acknowledge', 'link'] as const)
      expect(() => hall().do('X', { do: command, incident: 'incident:1', actor: 'duty' })).toThrow(/no warning/);
  });

  test('N8 one whose time is over has ended, also when it was over before it came', () => {
    const a = hall();
    a.hear(ALERT);
    expect(a.do('A', { do: 'check-time', now: T0 + 6 * HOUR - 1, actor: 'hall.timer' })).toEqual([]);
    expect(a.do('A', { do: 'check-time', now: T0 + 6 * HOUR, actor: 'hall.timer' })).toEqual(['ended']);
    expect(a.do('A', { do: 'check-time', now: T0 + 7 * HOUR, actor: 'hall.timer' })).toEqual([]);
    a.at(T0 + 9 * HOUR);
    expect(a.hear(message('B', 1))).toEqual(['came', 'ended']);
    expect(a.of('B').ended?.how).toBe('expired');
    a.hear(message('U', 8, 'update', ['A']));
    expect(a.holding()).toEqual(['U']);
  });
});

/** A chain in the order it was sent in: each follows some that were sent before it, at least one. */
const chains = fc
  .array(
    fc.record({ does: fc.constantFrom('update' as const, 'update' as const, 'cancel' as const), back: fc.nat() }),
    {
      maxLength: 7,
    },
  )
  .map((rest) => [
    message('m0', 0),
    ...rest.map(({ does, back }, i) => message(`m${i + 1}`, i + 1, does, [`m${back % (i + 1)}`], { until: T0 + 1e9 })),
  ]);

test('N1, N2 in whatever order a chain comes, and however often, its newest message speaks for it (property)', () => {
  fc.assert(
    fc.property(
      chains.chain((chain) =>
        fc.tuple(
          fc.constant(chain),
          fc.shuffledSubarray(chain, { minLength: chain.length }),
          fc.array(fc.nat(), { maxLength: 6 }),
        ),
      ),
      ([chain, shuffled, again]) => {
        const a = hall();
        shuffled.forEach((each, i) => {
          a.hear(each);
          const repeated = again[i];
          if (repeated !== undefined) a.hear(shuffled[repeated % (i + 1)] as WarningMessage);
        });
        const newest = chain.at(-1) as WarningMessage;
        expect(a.holding()).toEqual(newest.does === 'cancel' ? [] : [newest.identifier]);
        for (const each of chain) expect(a.hear(each)).toEqual([]);
      },
    ),
    { seed: 20261128, numRuns: 500 },
  );
});
