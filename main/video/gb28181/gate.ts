import type { Clock } from '../../clock.ts';
import { type Brake, createBrake } from '../../feeds/brake.ts';

/** Keeps one sender, and all strangers together, from taking the hall's thread. */
export interface Gate {
  /** Ms for which nothing of an address is read; 0 where it is. */
  closedFor(address: string): number;
  /**
   * A message of an address was dealt with.
   * @param message.known that of a device which is registered: strangers never slow it
   */
  took(address: string, message: { ms: number; refused: boolean; known: boolean }): void;
  /** Whether what is wrong is to be told now; otherwise it was just before, of the same address and device. */
  tells(address: string, device: string): boolean;
}

/** Share of the hall's thread that one address may use, and all strangers together. */
const ONE = 0.25;
const STRANGERS = 0.2;
const MOST_MESSAGES = 1_000;
const MOST_SENDERS = 4_096;
const TOLD_AGAIN_MS = 60_000;

interface Sender {
  readonly brake: Brake;
  until: number;
  known: boolean;
}

export function createGate(clock: Clock): Gate {
  const senders = new Map<string, Sender>();
  const told = new Map<string, number>();
  const strangers = createBrake(clock, { messagesPerSecond: Number.POSITIVE_INFINITY, workShare: STRANGERS });
  let strangersUntil = 0;

  const senderOf = (address: string): Sender => {
    let sender = senders.get(address);
    if (sender) return sender;
    if (senders.size >= MOST_SENDERS) senders.delete(senders.keys().next().value ?? '');
    sender = {
      brake: createBrake(clock, { messagesPerSecond: MOST_MESSAGES, workShare: ONE }),
      ...{ until: 0, known: false },
    };
    senders.set(address, sender);
    return sender;
  };

  return {
    closedFor(address) {
      const { until, known } = senderOf(address);
      return Math.max(0, (known ? until : Math.max(until, strangersUntil)) - clock.monotonic());
    },
    took(address, { ms, refused, known }) {
      const now = clock.monotonic();
      const sender = senderOf(address);
      sender.known ||= known;
      const own = sender.brake.took(ms, refused);
      if (own) sender.until = now + own.ms;
      const all = sender.known ? null : strangers.took(ms, false);
      if (all) strangersUntil = now + all.ms;
    },
    tells(address, device) {
      const key = `${address} ${device}`;
      const now = clock.monotonic();
      if (now - (told.get(key) ?? Number.NEGATIVE_INFINITY) < TOLD_AGAIN_MS) return false;
      told.delete(key);
      if (told.size >= MOST_SENDERS) told.delete(told.keys().next().value ?? '');
      told.set(key, now);
      return true;
    },
  };
}
