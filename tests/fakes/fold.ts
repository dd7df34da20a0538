import { createHash } from 'node:crypto';
import { type ChainHead, EMPTY_CHAIN, type Sha256, seal } from '../../core/ledger/chain.ts';
import type { EventDraft, LedgerEvent, Stamp } from '../../core/ledger/envelope.ts';
import { HLC_ZERO, tick, witness } from '../../core/ledger/hlc.ts';
import { type Aggregate, createProjection } from '../../core/ledger/projection.ts';
import { OPS } from '../../core/ledger/stream.ts';

/** Where what these tests write belongs. */
export const OPS_1: Stamp = { stream: OPS, v: 1 };

export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex');

/**
 * A station for given/when/then tests of one aggregate: decides on what it has seen, and sees what another wrote only when
 * told. `now` is its wall clock, in ms.
 */
export class PaperStation<S> {
  readonly name: string;
  now: number;
  readonly events: LedgerEvent[] = [];
  private head: ChainHead = EMPTY_CHAIN;
  private hlc = HLC_ZERO;
  /** The fold of so many events. Events are only added. */
  private folded: { of: number; state: S } | null = null;
  private readonly aggregate: Aggregate<S>;
  private readonly subject: string;

  constructor(name: string, aggregate: Aggregate<S>, subject: string, now = 1_000_000) {
    this.name = name;
    this.aggregate = aggregate;
    this.subject = subject;
    this.now = now;
  }

  /** The fold of everything seen, in the merge order. */
  get state(): S {
    if (this.folded?.of === this.events.length) return this.folded.state;
    const projection = createProjection(this.aggregate, () => this.events);
    projection.refold([this.subject]);
    const state = projection.get(this.subject) ?? this.aggregate.initialState(this.subject);
    this.folded = { of: this.events.length, state };
    return state;
  }

  /** Decides, writes, and answers the types of what was written. */
  do(decide: (state: S) => EventDraft[], afterMs = 1000): string[] {
    this.now += afterMs;
    return decide(this.state).map((draft) => {
      this.hlc = tick(this.hlc, this.now);
      const event = seal(draft, { ...OPS_1, station: this.name, head: this.head, hlc: this.hlc, at: this.now }, sha256);
      this.head = { seq: event.seq, hash: event.hash };
      this.events.push(event);
      return event.type;
    });
  }

  /** Both see everything the other has. */
  meet(other: PaperStation<S>): void {
    const missing = (from: PaperStation<S>, to: PaperStation<S>) =>
      from.events.filter((event) => !to.events.some((known) => known.id === event.id));
    const [forOther, forUs] = [missing(this, other), missing(other, this)];
    for (const [station, events] of [
      [other, forOther],
      [this, forUs],
    ] as const) {
      station.events.push(...events);
      for (const event of events) station.hlc = witness(station.hlc, event.hlc);
    }
  }
}
