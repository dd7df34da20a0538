import { pino } from 'pino';
import { expect } from 'vitest';
import { alarmAggregate } from '../../core/alarms/alarm.ts';
import { incidentAggregate } from '../../core/incidents/incident.ts';
import { ledgerDigest } from '../../core/ledger/chain.ts';
import type { EventDraft, LedgerEvent } from '../../core/ledger/envelope.ts';
import { stamper } from '../../core/ledger/family.ts';
import type { Have } from '../../core/ledger/order.ts';
import { createProjection } from '../../core/ledger/projection.ts';
import { checkpointText } from '../../core/ledger/seal.ts';
import { chainKey, type Taken } from '../../core/ledger/stream.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Clock } from '../../main/clock.ts';
import { createLedger } from '../../main/ledger/createLedger.ts';
import type { HeadMark } from '../../main/ledger/headMark.ts';
import type { Ledger } from '../../main/ledger/ledger.ts';
import { sha256 } from '../../main/ledger/sha256.ts';
import { verify } from '../../main/ledger/verify.ts';
import type { FakeClock } from '../fakes/clock.ts';
import { DECLARED } from '../fakes/domainRig.ts';
import { createMemoryLedgerStore, type MemoryLedgerStore, partsFor } from '../fakes/ledgerStore.ts';
import { type Deed, type Doer, type Generation, type Projections, REHEARSALS, TALLIES } from './sync.deeds.ts';

const log = pino({ level: 'silent' });
/** A checkpoint each so many events: a history has hundreds. */
const CHECKPOINT_EACH = 7;

export class SimStation implements Doer {
  readonly name: string;
  readonly store: MemoryLedgerStore = createMemoryLedgerStore();
  readonly clock: Clock;
  /** Events whose writer was told that they are recorded: id → hash. */
  readonly acknowledged = new Map<string, string>();
  /** How far the writer held each chain when it decided: event id → have. */
  readonly knew = new Map<string, Have>();
  /** Events that it was given and does not understand. */
  readonly foreign = new Set<string>();
  generation: Generation;
  /** Streams it takes of others. */
  takes: Taken;
  failedWrites = 0;
  crashes = 0;
  alive = false;
  /** Told when it was killed between two writes. */
  onDeath: () => void = () => undefined;
  /** As `ledger.head` has it. */
  private mark: HeadMark | null = null;
  ledger!: Ledger;
  views!: Projections;

  constructor(name: string, clock: FakeClock, as: { skew: number; generation: Generation; takes: Taken }) {
    const { skew } = as;
    this.name = name;
    this.generation = as.generation;
    this.takes = as.takes;
    this.clock = { ...clock, now: () => clock.now() + skew };
    this.start();
  }

  start(): void {
    // A process that was killed runs nothing any more, whatever it had planned.
    const era = { over: false };
    this.era = era;
    this.store.revive();
    this.verify();
    this.foreign.clear();
    this.ledger = createLedger({
      store: this.store,
      station: this.name,
      chain: this.store.note('chain') ?? this.name,
      clock: this.clock,
      log,
      sha256,
      stamp: stamper([...DECLARED.families, TALLIES[this.generation], ...REHEARSALS]),
      recovery: null,
      ...partsFor(this.name),
      schedule: (flush) =>
        queueMicrotask(() => {
          if (!era.over) flush();
        }),
      sealWithin: 20,
      checkpointDue: (last, events) => events - (last?.events ?? 0) >= CHECKPOINT_EACH,
      onHead: (mark) =>
        this.store.beside(() => {
          this.mark = mark;
        }),
      onClosed: () => undefined,
    });
    this.views = viewsOf(this.ledger, this.generation, ({ id }) => void this.foreign.add(id));
    const all = Object.values(this.views);
    const held = [...this.ledger.all()];
    for (const view of all) view.apply(held);
    this.ledger.listen({
      fold(events) {
        for (const view of all) view.apply(events);
      },
      rolledBack(subjects) {
        for (const view of all) view.refold(subjects);
      },
    });
    this.alive = true;
  }

  private era = { over: false };

  /** What a start looks at: all that came after the last checkpoint, all of it, and whether the file holds what its mark says. */
  private verify(): void {
    const { verifySignature, signer } = partsFor(this.name);
    const from = this.store.checkpoint();
    const inspection = this.store.inspection();
    if (from) {
      const signed = verifySignature(signer.key, checkpointText(from, ledgerDigest(from.heads, sha256)), from.sig);
      expect(signed, `${this.name} signed its checkpoint`).toBe(true);
    }
    for (const each of from ? [from, null] : [null]) {
      const { faults, heads } = verify(inspection, 'ledger.db', sha256, { from: each, verifySignature });
      expect(faults, `${this.name} verifies from ${each?.events ?? 0}`).toEqual([]);
      for (const [stream, marked] of Object.entries(this.mark?.heads ?? {})) {
        const key = chainKey({ stream, station: this.mark?.chain ?? '' });
        expect(heads.get(key)?.seq, `${key} as marked`).toBeGreaterThanOrEqual(marked.seq);
        expect(this.store.range(key, marked.seq, 1)[0]?.hash).toBe(marked.hash);
      }
    }
  }

  /** After so many writes from now on its process is killed, just before or just after the next one. */
  crash(after: number, done: boolean): void {
    if (!this.alive) return;
    this.store.crash(after, done, () => {
      this.crashes++;
      this.kill();
      this.onDeath();
    });
  }

  kill(): void {
    this.era.over = true;
    this.alive = false;
  }

  /** Asks for a deed; when it is answered, what was written counts as acknowledged. */
  act(deed: Deed, n: number): void {
    if (!this.alive) return;
    let knew: Have = {};
    const decide = (): readonly EventDraft[] => {
      knew = this.ledger.have();
      return deed(this, n);
    };
    this.ledger.transact(decide).then(
      (events) => {
        for (const event of events) {
          this.acknowledged.set(event.id, event.hash);
          this.knew.set(event.id, knew);
        }
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) this.failedWrites++;
      },
    );
  }
}

function viewsOf(ledger: Ledger, generation: Generation, passedOver?: (event: LedgerEvent) => void): Projections {
  const eventsOf = (subject: string): LedgerEvent[] => ledger.eventsOf(subject);
  return {
    tally: createProjection(TALLIES[generation], eventsOf, undefined, passedOver),
    alarm: createProjection(alarmAggregate, eventsOf),
    incident: createProjection(incidentAggregate, eventsOf),
    run: createProjection(runAggregate, eventsOf),
  };
}

/** Every aggregate's state, as text: equal on two stations only when byte for byte equal. */
export function stateOf(views: Projections): string {
  const lines = Object.values(views).flatMap((view) =>
    [...view.entries()].map(([subject, state]) => `${subject} ${JSON.stringify(state)}`),
  );
  return lines.sort().join('\n');
}

/** The state folded from nothing, in one go. */
export function rebuiltStateOf({ ledger, generation }: SimStation): string {
  const views = viewsOf(ledger, generation);
  const all = [...ledger.all()];
  for (const view of Object.values(views)) view.apply(all);
  return stateOf(views);
}
