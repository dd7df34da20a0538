import type { WireError } from '../errors.ts';
import type { StreamName } from '../index.ts';
import { decodeBulkFrame } from './bulkFrame.ts';

/** Hears that the hall ended a stream, and why. */
export type BulkEnd = (error: WireError | null) => void;

/** The bulk streams a window has open. */
export interface BulkInlet {
  open(
    stream: StreamName,
    params: unknown,
    onPayload: (payload: Uint8Array, key: boolean) => void,
    onEnd?: BulkEnd,
  ): () => void;
  opened(): void;
  deliver(frame: Uint8Array): void;
  ended(id: number, error: WireError | undefined): void;
}

interface Stream {
  readonly name: StreamName;
  readonly params: unknown;
  readonly onPayload: (payload: Uint8Array, key: boolean) => void;
  readonly onEnd: BulkEnd | undefined;
}

/** Opens streams again on every connection; ids are never used twice, so that a late frame of a closed one finds nobody. */
export function createBulkInlet({ send }: { send: (frame: object) => void }): BulkInlet {
  const streams = new Map<number, Stream>();
  let nextId = 1;
  return {
    open(name, params, onPayload, onEnd) {
      const id = nextId++;
      streams.set(id, { name, params, onPayload, onEnd });
      send({ t: 'bulk', id, stream: name, p: params });
      return () => {
        if (streams.delete(id)) send({ t: 'unbulk', id });
      };
    },
    opened() {
      for (const [id, { name, params }] of streams) send({ t: 'bulk', id, stream: name, p: params });
    },
    deliver(bytes) {
      const { id, key, payload } = decodeBulkFrame(bytes);
      streams.get(id)?.onPayload(payload, key);
    },
    ended(id, error) {
      const stream = streams.get(id);
      streams.delete(id);
      stream?.onEnd?.(error ?? null);
    },
  };
}
