import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTopicCollections } from '../../../contract/wire/collection.ts';
import { actorNamed } from '../../../core/ledger/actor.ts';
import type { EventDraft, LedgerEvent } from '../../../core/ledger/envelope.ts';
import { runAggregate } from '../../../core/plans/evolve.ts';
import { systemClock } from '../../../main/clock.ts';
import { createDomain } from '../../../main/domain/domain.ts';
import { showingOf } from '../../../main/kernel/declared.ts';
import type { Ledger, LedgerListener } from '../../../main/ledger/ledger.ts';
import { openLedgerStore } from '../../../native/sqlite/ledgerStore.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { DECIDING, DECLARED } from '../../fakes/domainRig.ts';
import { OPS_1 } from '../../fakes/fold.ts';
import { longPlan } from '../../scale/longPlan.ts';

const LATE = 15;
const RUN = 'run:bench';

/** Ms of this thread for one piece of work, of many: so that what else runs on the machine does not count. */
function each<T>(work: readonly T[], one: (piece: T) => void): number {
  const start = process.threadCpuUsage();
  for (const piece of work) one(piece);
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000 / work.length;
}

/** Events that are in order for the fold; nobody checks their hashes here. */
function writer() {
  const seqs = { A: 0, B: 0 };
  return (station: 'A' | 'B', at: number, type: string, body: EventDraft['body']): LedgerEvent => {
    const seq = ++seqs[station];
    const place = {
      ...OPS_1,
      id: `ops/${station}-${seq}`,
      station,
      seq,
      hlc: `${at.toString(16).padStart(11, '0')}-0000`,
      at,
    };
    return { ...place, type, subject: RUN, actor: actorNamed('duty'), body, prev: '', hash: `${station}-${seq}` };
  };
}

/** A fold alone is measured. */
const NO_VIEWS = {
  ...{ savedOf: () => undefined, beginning: () => [], follow() {}, passedOver() {} },
  foreign: () => ({ count: 0, types: [] }),
};

/** Ms of fold and publish: of an event in order while a chain is worked through, and of one that comes late to it. */
async function costs(file: string, steps: number): Promise<{ inOrder: number; late: number }> {
  const store = openLedgerStore(file);
  const topics = createTopicCollections({ shown: true });
  const clock = systemClock();
  let listener: LedgerListener = {};
  const ledger = {
    all: () => store.all(),
    eventsOf: (subject: string) => store.ofSubject(subject),
    ownChains: () => ['A'],
    isUnwritten: () => false,
    listen(heard: LedgerListener) {
      listener = heard;
      return () => undefined;
    },
  } as unknown as Ledger;
  const domain = createDomain({ ledger, views: NO_VIEWS, kinds: DECLARED.kinds });
  domain.begin(showingOf(DECIDING, { clock, ledger, topics, domain }).shows);
  domain.of(runAggregate).get(RUN); // Known to be none yet: what lies in the store comes to it event by event.

  const take = (text: string): void => {
    const read = [JSON.parse(text) as LedgerEvent];
    listener.fold?.(read);
    listener.committed?.(read, 'local');
    topics.runs.flush();
  };

  const event = writer();
  const plan = longPlan('chain', steps, '值班员按预案执行，并记录所见。');
  const start = 1_700_000_000_000;
  const launch = event('A', start, 'run.launched', { incident: 'incident:1', plan } as unknown as EventDraft['body']);
  const history = plan.steps.flatMap(({ id }, i) => [
    event('A', start + 2000 * i + 1000, 'step.started', { step: id }),
    event('A', start + 2000 * i + 2000, 'step.finished', { step: id, note: null, seen: [] }),
  ]);
  const late = Array.from({ length: LATE }, (_, i) =>
    event('B', start + 500 + i, 'step.acknowledged', { step: `s${i}` }),
  );
  store.appendAll([launch, ...history, ...late]);
  take(JSON.stringify(launch));
  const figures = {
    inOrder: each(
      history.map((one) => JSON.stringify(one)),
      take,
    ),
    late: each(
      late.map((one) => JSON.stringify(one)),
      take,
    ),
  };
  if (domain.of(runAggregate).get(RUN).steps.s0?.acknowledged?.station !== 'B')
    throw new Error('the late event was not folded');
  store.close();
  return figures;
}

/**
 * What an event costs a run of 300 steps in one chain, each started and finished, against one of 30 steps: fold and publish to the topic, without the disk's
 * fsync and before any window is told. `/2` is one that comes late from another station and sorts near the beginning.
 */
export async function plan300(): Promise<BenchRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'opshall-plan-'));
  try {
    await costs(join(dir, 'warm.db'), 100);
    const short = await costs(join(dir, 'short.db'), 30);
    const long = await costs(join(dir, 'long.db'), 300);
    const row = (id: string, what: string, of: keyof typeof long, most: number): BenchRow => ({
      ...{ id, what, value: long[of], unit: 'ms', ratio: long[of] / short[of] },
      ...{ against: short[of], limit: { most, of: 'value' } },
    });
    return [
      row('plan-300', 'one event on a run of 300 steps in one chain', 'inOrder', 2),
      row('plan-300/2', '  one that comes late and sorts near its beginning', 'late', 20),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
