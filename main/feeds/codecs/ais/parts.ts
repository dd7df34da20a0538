import type { Sentence } from './sentence.ts';

/** Messages in several sentences that are waited for, and how long for the next sentence of one, ms. */
export const PARTS_LIMITS = { messages: 64, waitMs: 10_000 } as const;

/** A message that is whole. */
export type Whole = Pick<Sentence, 'payload' | 'fill' | 't'>;

interface Begun {
  readonly parts: (Sentence | undefined)[];
  heardAt: number;
}

/** Joins messages that come in several sentences, in whatever order. */
export interface Parts {
  /** @param dropped is told of each message that is given up for it. @returns null while something is missing */
  take(sentence: Sentence, now: number, dropped: () => void): Whole | null;
}

export function createParts(): Parts {
  // In the order in which they were heard of last.
  const begun = new Map<string, Begun>();
  return {
    take(sentence, now, dropped) {
      const { total, number, key } = sentence;
      if (total === 1) return sentence;
      for (const [each, { heardAt }] of begun) {
        // A clock that was set back makes nobody wait for ever.
        if (Math.abs(now - heardAt) <= PARTS_LIMITS.waitMs && begun.size < PARTS_LIMITS.messages) break;
        begun.delete(each);
        dropped();
      }
      let message = begun.get(key);
      const before = message?.parts[number - 1];
      // The same number with another payload is of the next message.
      if (message && before && before.payload !== sentence.payload) {
        dropped();
        message = undefined;
      }
      message ??= { parts: new Array(total).fill(undefined), heardAt: now };
      message.parts[number - 1] = sentence;
      message.heardAt = now;
      begun.delete(key);
      const parts = message.parts.filter((part) => part !== undefined);
      if (parts.length < total) {
        begun.set(key, message);
        return null;
      }
      return {
        payload: parts.map(({ payload }) => payload).join(''),
        fill: parts.at(-1)?.fill ?? 0,
        t: parts.find(({ t }) => t !== null)?.t ?? null,
      };
    },
  };
}
