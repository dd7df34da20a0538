import { KEPT_BYTES, type QuarantineAct, type RejectState } from '../../contract/features/rejects.ts';
import { type Clock, every } from '../clock.ts';
import type { RawMessage, Refused, Reject } from './rejects.ts';

/** So long what was refused waits to be written, ms: what a crash may cost. */
const FLUSH_MS = 250;
/** What may wait; with more it is written at once. */
const WAITING = { messages: 500, bytes: 4 * 1024 * 1024 } as const;
/** Refusals of one message that are kept. */
const MOST_REFUSALS = 64;

/** One message that was refused, to be written. */
export interface Quarantined extends Pick<Refused, 'door' | 'source'> {
  /** Wall ms. */
  readonly at: number;
  /** What is kept of it, at most {@link KEPT_BYTES}, and how long it was; null where only excerpts are. */
  readonly bytes: Uint8Array | null;
  readonly length: number | null;
  readonly topic: string | null;
  readonly retained: boolean;
  readonly refusals: Omit<Refused, 'door' | 'source'>[];
}

/** A message that is kept. */
export type KeptMessage = Omit<Quarantined, 'refusals'> & { readonly state: RejectState };

/** What somebody did with a message. */
export interface QuarantineDeed extends Omit<QuarantineAct, 'outcome'> {
  /** JSON. */
  readonly outcome: string | null;
  /** What was made of it. */
  readonly corrected: Uint8Array | null;
  /** What it is from now on. */
  readonly state: RejectState;
}

/** Where what was refused is written, within bounds and a share for each source. Kept by native/sqlite/quarantineFile.ts. */
export interface QuarantineStore {
  /** Writes them, or answers false. */
  write(messages: readonly Quarantined[]): boolean;
  /** A message as it is kept; null where it is not there any more. @throws a fault of the file */
  message(id: number): KeptMessage | null;
  /** Writes what somebody did with a message, or answers false. */
  act(id: number, deed: QuarantineDeed): boolean;
  /** Takes away what came by a door. */
  forget(door: string): boolean;
  /** Whether it is to be tried now: a disk that refused is tried now and then. */
  due(): boolean;
  close(): void;
}

/** Every message that was refused at the hall's doors, on the disk. */
export interface Quarantine {
  /** Takes it at once, to be written soon; nothing that the disk does is felt. Refusals of one message are kept with it. */
  keep(reject: Reject, at: number): void;
  /** Writes what waits. */
  flush(): void;
  /** A message that was written; null where it is not there any more. @throws a fault of the file */
  message(id: number): KeptMessage | null;
  /** Writes what somebody did with a message; answers false where the disk refuses it. */
  act(id: number, deed: QuarantineDeed): boolean;
  /** Whether what was written last is there to be read. */
  readable(): boolean;
  /** Calls back when there is something else to be read. Answers the unsubscriber. */
  onChange(listener: () => void): () => void;
  /** Writes what waits and closes the file. */
  close(): void;
}

export function createQuarantine({ clock, store }: { clock: Clock; store: QuarantineStore }): Quarantine {
  const listeners = new Set<() => void>();
  let waiting: Quarantined[] = [];
  let bytes = 0;
  let of = new Map<RawMessage, Quarantined>();
  // Files are read at every start, and what is wrong with them is said then.
  let readable = store.forget('file');

  const tell = () => {
    for (const listener of listeners) listener();
  };
  const write = (last: boolean): void => {
    if (waiting.length === 0 && readable) return;
    const [batch, before] = [waiting, readable];
    [waiting, bytes, of] = [[], 0, new Map()];
    // What cannot be written is given up: memory stays bounded, and the newest few are there besides.
    readable = (last || store.due()) && store.write(batch);
    if (batch.length > 0 || readable !== before) tell();
  };
  const stop = every(clock, FLUSH_MS, () => write(false));

  return {
    keep({ of: raw, door, source, ...refusal }, at) {
      const known = raw && of.get(raw);
      if (known) {
        if (known.refusals.length < MOST_REFUSALS) known.refusals.push(refusal);
        return;
      }
      if (waiting.length >= WAITING.messages || bytes >= WAITING.bytes) write(false);
      const message: Quarantined = {
        ...{ door, source, at, refusals: [refusal] },
        // A copy: what was read with it need not be kept alive.
        bytes: raw ? Uint8Array.from(raw.bytes.subarray(0, KEPT_BYTES)) : null,
        length: raw?.bytes.length ?? null,
        topic: raw?.topic ?? null,
        retained: raw?.retained ?? false,
      };
      if (raw) of.set(raw, message);
      waiting.push(message);
      bytes += message.bytes?.length ?? 0;
    },
    flush: () => write(false),
    message: (id) => store.message(id),
    act(id, deed) {
      const written = store.act(id, deed);
      tell();
      return written;
    },
    readable: () => readable,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      stop();
      write(true);
      store.close();
    },
  };
}
