import { until } from './until.ts';
import type { Window } from './window.ts';

/** A person who never stops writing. */
export interface NoteStream {
  /** Notes that the hall acknowledged: none of them may ever be missing. */
  readonly acknowledged: readonly string[];
  stop(): Promise<void>;
}

/** Writes notes to an incident as fast as they are answered, four at a time. Goes on when the hall is gone and comes back. */
export function startNoteStream(window: Window, incident: string): NoteStream {
  const acknowledged: string[] = [];
  let made = 0;
  let stopped = false;
  const writer = async () => {
    while (!stopped) {
      if (window.client.connection().state !== 'open') {
        await until(() => stopped || window.client.connection().state === 'open', { within: 30_000 });
        continue;
      }
      const text = `note ${++made}`;
      try {
        await window.call('incidents.note', { incident, text });
        acknowledged.push(text);
      } catch {
        // Its outcome is not known: it may be in the ledger, or not. It was never acknowledged.
      }
    }
  };
  const writers = [writer(), writer(), writer(), writer()];
  return {
    acknowledged,
    async stop() {
      stopped = true;
      await Promise.all(writers);
    },
  };
}
