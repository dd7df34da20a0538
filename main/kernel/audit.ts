import type { Logger } from 'pino';
import type { Refused } from '../../core/people/audit.ts';
import { refusedDraft } from '../../core/people/audit.ts';
import { type Clock, every } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** Refusals alike are written once in this time, in ms, and then how many more there were. */
const JOIN_MS = 10 * 60_000;
/** So many kinds are told apart in that time; the rest is joined. Thus a flood of refusals writes some hundred events an hour at most. */
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

/** Writes refusals of rights to the ledger's stream `audit`, few however many there are. */
export interface Audit {
  refused(refusal: Refusal): void;
  /** Writes what was joined so far. */
  close(): Promise<void>;
}

export function createAudit(options: { ledger: Pick<Ledger, 'transact'>; clock: Clock; log: Logger }): Audit {
  const { ledger, clock, log } = options;
  let kinds = new Map<string, { seat: string; body: Refused }>();

  /** The newest; the ledger takes them one after another. */
  let writing: Promise<unknown> = Promise.resolve();
  const write = (all: readonly { seat: string; body: Refused }[]): void => {
    writing = ledger
      .transact(() => all.map(({ seat, body }) => refusedDraft(seat, body)))
      .catch((error: unknown) => log.warn({ err: error, count: all.length }, 'refusals could not be recorded'));
  };

  const joined = (): void => {
    const more = [...kinds.values()].filter(({ body }) => body.count > 0);
    kinds = new Map();
    if (more.length > 0) write(more);
  };
  const stop = every(clock, JOIN_MS, joined);

  return {
    refused({ seat, client, via, what, why }) {
      const kind = `${seat}\n${client}\n${what}`;
      const rest = !kinds.has(kind) && kinds.size >= MOST_KINDS;
      const known = kinds.get(rest ? REST : kind);
      if (known) {
        known.body.count++;
        return;
      }
      const body = {
        client: client.slice(0, 250),
        via,
        what: rest ? null : what.slice(0, 250),
        why: why.slice(0, 1000),
      };
      const since = clock.now();
      kinds.set(rest ? REST : kind, { seat, body: { ...body, count: 0, since } });
      write([{ seat, body: { ...body, count: 1, since } }]);
    },
    async close() {
      stop();
      joined();
      await writing;
    },
  };
}
