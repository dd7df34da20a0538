import { type Carrier, createInbox, type Inbox, messageSize } from '../carrier.ts';

/** Two carriers joined in memory, and a hand on the wire between them. */
export interface MemoryPair {
  readonly window: Carrier;
  readonly hall: Carrier;
  /** Holds messages back from now on; they count as buffered. */
  hold(): void;
  /** Delivers what was held and goes on. */
  release(): void;
  /** Forgets the next message from the hall for which this is true. */
  loseNext(match: (message: string | Uint8Array) => boolean): void;
  /** Breaks the wire: both ends hear of it. */
  cut(): void;
  /** Swallows everything from now on without telling anybody, as a half-open socket does. */
  goSilent(): void;
}

/** Joins two carriers in memory. Messages are copied, and delivered after the present turn, in order. */
export function createMemoryPair(): MemoryPair {
  const inboxes = { window: createInbox(), hall: createInbox() };
  let held = false;
  let silent = false;
  let lose: ((message: string | Uint8Array) => boolean) | null = null;
  let queue: { to: Inbox; message: string | Uint8Array }[] = [];
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    if (held) return;
    const now = queue;
    queue = [];
    for (const { to, message } of now) to.deliver(message);
  }

  function plan(): void {
    if (scheduled || held) return;
    scheduled = true;
    queueMicrotask(flush);
  }

  function end(from: 'window' | 'hall', to: Inbox): Carrier {
    const own = inboxes[from];
    return {
      send(message) {
        if (own.ended || silent) return;
        if (from === 'hall' && lose?.(message)) {
          lose = null;
          return;
        }
        queue.push({ to, message: typeof message === 'string' ? message : message.slice() });
        plan();
      },
      onMessage: own.onMessage,
      onClose: own.onClose,
      close(code, reason) {
        if (own.ended) return;
        flush();
        own.end(code, reason);
        if (!silent) to.end(code, reason);
      },
      buffered: () => queue.reduce((sum, entry) => sum + (entry.to === to ? messageSize(entry.message) : 0), 0),
    };
  }

  return {
    window: end('window', inboxes.hall),
    hall: end('hall', inboxes.window),
    hold() {
      held = true;
    },
    release() {
      held = false;
      plan();
    },
    loseNext(match) {
      lose = match;
    },
    cut() {
      inboxes.window.end(1006, 'cut');
      inboxes.hall.end(1006, 'cut');
    },
    goSilent() {
      silent = true;
      queue = [];
    },
  };
}
