import type { AroundShared } from './sharedText.ts';

/** Why a carrier was closed by one of its ends. 1000–1015 are WebSocket's own (RFC 6455 §7.4.1), 4000–4999 ours. */
export const CloseCode = {
  normal: 1000,
  /** The hall, or the window, is going away. */
  goingAway: 1001,
  /** The other end broke the protocol more often than is forgiven. */
  badFrames: 4002,
  /** The other end speaks another protocol version. */
  protocolMismatch: 4001,
  /** The other end's seat has a name that is none. */
  badSeat: 4005,
  /** The other end names a world that is not open. */
  noWorld: 4006,
  /** Nothing came from the other end for too long. */
  silent: 4003,
  /** The other end does not read what it asked for. */
  tooSlow: 4008,
} as const;

/**
 * One connection between a window and the hall, whatever it runs on. Whole messages, in order, or closed.
 * Both ends have one. A carrier that is handed out is open; messages that come before `onMessage` is set are kept.
 */
export interface Carrier {
  /** Sends one message. A text is a text, bytes are bytes. After close it does nothing. */
  send(message: string | Uint8Array): void;
  /** Sends a text without making all of it anew; where it is left out, `send` with the whole does the same. */
  sendShared?(message: AroundShared): void;
  /** Sets the one listener for messages. */
  onMessage(listener: (message: string | Uint8Array) => void): void;
  /** Sets the one listener for the end, called once, whichever side ended it. */
  onClose(listener: (code: number, reason: string) => void): void;
  /** Ends the connection; what was sent before is still delivered where the carrier can. */
  close(code: number, reason: string): void;
  /** Bytes handed to `send` that are not on the wire yet; 0 where that cannot be known. */
  buffered(): number;
}

/** Size of a message as both ends count it: UTF-16 units of a text, bytes otherwise. */
export function messageSize(message: string | Uint8Array): number {
  return typeof message === 'string' ? message.length : message.byteLength;
}

/** The listener half of a carrier: keeps what comes before somebody listens, and tells the end once. */
export interface Inbox {
  readonly onMessage: Carrier['onMessage'];
  readonly onClose: Carrier['onClose'];
  deliver(message: string | Uint8Array): void;
  end(code: number, reason: string): void;
  readonly ended: boolean;
}

/** @returns an inbox for an implementation of {@link Carrier} to deliver to */
export function createInbox(): Inbox {
  let listener: ((message: string | Uint8Array) => void) | null = null;
  let closeListener: ((code: number, reason: string) => void) | null = null;
  let early: (string | Uint8Array)[] = [];
  let end: { code: number; reason: string } | null = null;
  return {
    get ended() {
      return end !== null;
    },
    onMessage(fn) {
      listener = fn;
      const kept = early;
      early = [];
      for (const message of kept) fn(message);
    },
    onClose(fn) {
      closeListener = fn;
      if (end) fn(end.code, end.reason);
    },
    deliver(message) {
      if (end) return;
      if (listener) listener(message);
      else early.push(message);
    },
    end(code, reason) {
      if (end) return;
      end = { code, reason };
      closeListener?.(code, reason);
    },
  };
}
