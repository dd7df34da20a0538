import type { Right } from '../../core/people/right.ts';
import { ContractError } from '../errors.ts';
import type { StreamName } from '../index.ts';
import type { BulkFrameOut } from './bulkFrames.ts';
import { createRate } from './rate.ts';
import { needRight } from './rights.ts';
import type { BulkSink, BulkSources, Caller, Shared } from './served.ts';

/** The bulk streams of one window. */
export interface BulkOutlet {
  open(id: number, stream: string, params: unknown, caller: Caller): void;
  stop(id: number): void;
  /** Sends what waits, as far as the window has read on. @returns whether something still waits */
  drain(): boolean;
  waiting(): boolean;
  close(): void;
}

interface Stream {
  readonly id: number;
  /** The newest payload that may be sent as it stands; replaced, never queued. */
  slot: Uint8Array | null;
  /** Something was dropped: payloads that lean on earlier ones are of no use until the next key. */
  needsKey: boolean;
  dropped: number;
  stopped: boolean;
  stop: (() => void) | null;
}

/**
 * Newest wins. While the window is behind, a payload that stands alone, as its source says, waits in its
 * stream's one slot and is replaced by the next; one that leans on others is dropped, and so are those after it until a key.
 */
export function createBulkOutlet(options: {
  sources: BulkSources;
  shared: Shared;
  send: (frame: BulkFrameOut | string) => void;
  /** Whether the window has read enough for more of them. */
  mayStream: () => boolean;
  /** Asks for a `drain()` in a while. */
  wait: () => void;
  /** Hears of a stream that the caller has no right to. */
  forbidden: (error: ContractError, stream: string) => void;
}): BulkOutlet {
  const { sources, shared, mayStream } = options;
  const { limits, stats } = shared;
  const specs = shared.options.contract.streams;
  const opened = createRate(shared.options.clock, limits.bulkStreams);
  const streams = new Map<number, Stream>();
  const slots = new Set<Stream>();

  function drop(stream: Stream): void {
    stream.dropped++;
    stats.bulkDropped++;
  }

  function transmit(stream: Stream, payload: Uint8Array, key: boolean): void {
    stats.bulkSent++;
    options.send(shared.frames.frame(stream.id, key, payload));
  }

  function release(stream: Stream): void {
    const payload = stream.slot;
    slots.delete(stream);
    stream.slot = null;
    if (payload) transmit(stream, payload, true);
  }

  function push(stream: Stream, payload: Uint8Array, key: boolean): boolean {
    if (stream.stopped) return false;
    if (!key && stream.needsKey) {
      drop(stream);
      return false;
    }
    if (mayStream()) {
      if (key && stream.slot) forget(stream);
      else release(stream);
      stream.needsKey = false;
      transmit(stream, payload, key);
      return true;
    }
    if (!key) {
      stream.needsKey = true;
      drop(stream);
      return false;
    }
    if (stream.slot) drop(stream);
    stream.slot = payload;
    stream.needsKey = false;
    slots.add(stream);
    options.wait();
    return true;
  }

  function forget(stream: Stream): void {
    drop(stream);
    stream.slot = null;
    slots.delete(stream);
  }

  function stop(id: number): void {
    const stream = streams.get(id);
    if (!stream) return;
    streams.delete(id);
    slots.delete(stream);
    stream.stopped = true;
    stream.slot = null;
    stream.stop?.();
  }

  function end(id: number, error?: ContractError): void {
    stop(id);
    options.send(JSON.stringify({ t: 'end', id, ...(error ? { e: error.toWire() } : {}) }));
  }

  async function start(stream: Stream, name: StreamName, right: Right, params: unknown, caller: Caller): Promise<void> {
    const sink: BulkSink = {
      push: (payload, key) => push(stream, payload, key),
      room: () => !stream.stopped && !stream.needsKey && !stream.slot && mayStream(),
      skip: () => drop(stream),
      dropped: () => stream.dropped,
      end(error) {
        if (!stream.stopped) end(stream.id, error);
      },
    };
    try {
      needRight(caller, right);
      const stopSource = await sources[name](params ?? {}, caller, sink);
      if (stream.stopped) stopSource();
      else stream.stop = stopSource;
    } catch (cause) {
      const error = cause instanceof ContractError ? cause : shared.reference(cause, `the ${name} stream`);
      if (error.code === 'forbidden') options.forbidden(error, name);
      if (!stream.stopped) end(stream.id, error);
    }
  }

  return {
    open(id, name, params, caller) {
      if (streams.has(id)) throw new ContractError('bad-request', `bulk stream ${id} is open already`);
      const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
      if (!spec) {
        end(id, new ContractError('not-found', `no bulk stream "${name}"; there are ${Object.keys(specs).join(', ')}`));
        return;
      }
      if (streams.size >= limits.bulkStreams) {
        stats.limited++;
        end(id, new ContractError('refused', `${limits.bulkStreams} bulk streams are open already; close one first`));
        return;
      }
      if (!opened.take()) {
        stats.limited++;
        end(
          id,
          new ContractError('busy', `more than ${limits.bulkStreams} bulk streams a second; open it again later`),
        );
        return;
      }
      const stream: Stream = { id, slot: null, needsKey: false, dropped: 0, stopped: false, stop: null };
      streams.set(id, stream);
      void start(stream, name as StreamName, spec.right, params, caller);
    },
    stop,
    drain() {
      for (const stream of [...slots]) {
        if (!mayStream()) break;
        release(stream);
      }
      return slots.size > 0;
    },
    waiting: () => slots.size > 0,
    close() {
      for (const id of [...streams.keys()]) stop(id);
    },
  };
}
