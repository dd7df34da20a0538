import type { Logger } from 'pino';
import type { Fork, Stranger } from './ledger.ts';

/** What peers sent of a chain that contradicts what is held of it, or was not written by whose it is. Refused, and kept to be shown. */
export interface Disputes {
  readonly forks: readonly Fork[];
  readonly strangers: readonly Stranger[];
  /** Another version of what is held. */
  fork(chain: string, seq: number, from: string): void;
  /** Events under a station's name that its key did not sign. */
  stranger(chain: string, from: string): void;
}

/** Kept of each sort, one a chain and peer: more say nothing new. */
const MOST = 50;

export function createDisputes({ log, changed }: { log: Logger; changed(): void }): Disputes {
  const forks: Fork[] = [];
  const strangers: Stranger[] = [];
  const isNew = (held: readonly { chain: string; from: string }[], chain: string, from: string): boolean =>
    held.length < MOST && !held.some((each) => each.chain === chain && each.from === from);
  return {
    forks,
    strangers,
    fork(chain, seq, from) {
      if (!isNew(forks, chain, from)) return;
      forks.push({ chain, seq, from });
      log.error({ chain, seq, from }, 'two versions of one chain: the one from this peer was refused');
      changed();
    },
    stranger(chain, from) {
      if (!isNew(strangers, chain, from)) return;
      strangers.push({ chain, from });
      log.error({ chain, from }, 'events under a station’s name that are not signed with its key were refused');
      changed();
    },
  };
}
