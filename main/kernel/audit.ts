import type { Logger } from 'pino';
import type { EventDraft } from '../../core/ledger/envelope.ts';
import { refusedDraft, steeredDraft } from '../../core/people/audit.ts';
import { type Clock, every } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** What is alike is written once in this time, in ms, and then how many more there were. */
const JOIN_MS = 10 * 60_000;
/** So many kinds are told apart in that time; the rest is joined. Thus a flood of them writes some hundred events an hour at most. */
const MOST_KINDS = 50;
const REST = 'various';

/** Who was refused what. */
export interface Refusal {
  readonly seat: string;
  readonly client: string;
  readonly via: string;
  readonly what: string;
  readonly why: string;
}

/** Who began to turn which camera. */
export interface SteeringBegun {
  readonly seat: string;
  readonly client: string;
  readonly via: string;
  readonly camera: string;
}

/** Writes to the ledger's stream `audit`: refusals of rights and who turned cameras, few events however often it happens. */
export interface Audit {
  refused(refusal: Refusal): void;
  steered(begun: SteeringBegun): void;
  /** Writes what was joined so far. */
  close(): Promise<void>;
}

/** An event that stands for `count` of a kind since then. */
type Counted = (count: number, since: number) => EventDraft;

export function createAudit(options: { ledger: Pick<Ledger, 'transact'>; clock: Clock; log: Logger }): Audit {
  const { ledger, clock, log } = options;
  /** The newest; the ledger takes them one after another. */
  let writing: Promise<unknown> = Promise.resolve();
  const write = (all: readonly EventDraft[]): void => {
    writing = ledger
      .transact(() => [...all])
      .catch((error: unknown) => log.warn({ err: error, count: all.length }, 'the audit could not be recorded'));
  };

  /** Kinds apart from those of another: a flood of one takes no room of the other. */
  const joining = () => {
    let kinds = new Map<string, { draft: Counted; since: number; count: number }>();
    return {
      /** @param rest what it is, where as many kinds are known as are told apart */
      add(kind: string, draft: Counted, rest: Counted): void {
        const one = !kinds.has(kind) && kinds.size >= MOST_KINDS ? { kind: REST, draft: rest } : { kind, draft };
        const known = kinds.get(one.kind);
        if (known) {
          known.count++;
          return;
        }
        const since = clock.now();
        kinds.set(one.kind, { draft: one.draft, since, count: 0 });
        write([one.draft(1, since)]);
      },
      take(): EventDraft[] {
        const more = [...kinds.values()].filter(({ count }) => count > 0);
        kinds = new Map();
        return more.map(({ draft, count, since }) => draft(count, since));
      },
    };
  };
  const [refusals, steering] = [joining(), joining()];
  const joined = (): void => {
    const more = [...refusals.take(), ...steering.take()];
    if (more.length > 0) write(more);
  };
  const stop = every(clock, JOIN_MS, joined);

  return {
    refused({ seat, client, via, what, why }) {
      const draft =
        (named: string | null): Counted =>
        (count, since) => {
          const said = { client: client.slice(0, 250), via, what: named, why: why.slice(0, 1000) };
          return refusedDraft(seat, { ...said, count, since });
        };
      refusals.add(`${seat}\n${client}\n${what}`, draft(what.slice(0, 250)), draft(null));
    },
    steered({ seat, client, via, camera }) {
      const draft =
        (named: string | null): Counted =>
        (count, since) =>
          steeredDraft(seat, { client: client.slice(0, 250), via, camera: named, count, since });
      steering.add(`${seat}\n${client}\n${camera}`, draft(camera), draft(null));
    },
    async close() {
      stop();
      joined();
      await writing;
    },
  };
}
