import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { textsOf } from '../../core/ledger/texts.ts';
import type { Clock } from '../clock.ts';

/** A larger group is sealed with its commit: beside it a signature is nothing. */
const MOST_TOGETHER = 8;
/** So much waits for a seal at most: with what comes with it, it still fits into a message. */
const MOST_WAITING = 40;
const MOST_CHARS = 64 * 1024;

/**
 * Which commit groups are sealed by themselves. One alone is; of small ones that follow closely on each other (a caller who waits for each) the seal
 * of a later one covers those before it, at the latest `within` ms after the last seal. Nobody else is sent an event before its seal.
 */
export interface LateSeals {
  /** What a commit has to seal: the group with what waits, or nothing, when it may wait itself. */
  due(group: readonly LedgerEvent[]): readonly LedgerEvent[];
  /** It is durable, with the seals that were due. */
  committed(group: readonly LedgerEvent[]): void;
  /** What waits, to be sealed now. */
  waiting(): readonly LedgerEvent[];
  /** It is sealed. */
  sealed(): void;
  stop(): void;
}

/**
 * @param options.within ms; 0 seals every group with its commit
 * @param options.onDue time is up for what waits
 */
export function createLateSeals(options: {
  within: number;
  clock: Pick<Clock, 'monotonic' | 'setTimeout'>;
  onDue(): void;
}): LateSeals {
  const { within, clock, onDue } = options;
  let waiting: LedgerEvent[] = [];
  let chars = 0;
  let lastSeal = Number.NEGATIVE_INFINITY;
  let waits = false;
  let cancel = (): void => undefined;

  const sealed = (): void => {
    cancel();
    waiting = [];
    chars = 0;
    lastSeal = clock.monotonic();
  };
  const lengthOf = (group: readonly LedgerEvent[]): number =>
    group.reduce((sum, event) => sum + textsOf(event).body.length, 0);
  const mayWait = (group: readonly LedgerEvent[]): boolean =>
    group.length <= MOST_TOGETHER &&
    waiting.length + group.length <= MOST_WAITING &&
    clock.monotonic() - lastSeal < within &&
    chars + lengthOf(group) <= MOST_CHARS;

  return {
    due(group) {
      waits = group.length > 0 && mayWait(group);
      return waits || group.length === 0 ? [] : [...waiting, ...group];
    },
    committed(group) {
      if (group.length === 0) return;
      if (!waits) {
        sealed();
        return;
      }
      if (waiting.length === 0) cancel = clock.setTimeout(onDue, Math.max(0, within - (clock.monotonic() - lastSeal)));
      chars += lengthOf(group);
      waiting.push(...group);
    },
    waiting: () => waiting,
    sealed,
    stop: () => cancel(),
  };
}
