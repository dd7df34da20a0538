/** Milliseconds, and what comes later. */
export interface TurnClock {
  /** Monotonic. */
  now(): number;
  setTimeout(run: () => void, ms: number): void;
  /** At the end of what runs now. */
  queueMicrotask(run: () => void): void;
}

/** When components are told that something of the hall has changed. */
export interface Turns {
  /** Tells it now, or with all else that waits when the window has rested from the last; once, however often it is asked. */
  tell(changed: () => void): void;
  /** It is gone. */
  forget(changed: () => void): void;
}

/** A window that shows what came this late is behind, whatever it does. */
const LONGEST_REST_MS = 250;

/**
 * A window draws what changed at most half of the time: after each turn it rests as long as the turn took. React draws at once and as a
 * whole whenever it is told that a store has changed; in a flood of alarms, drawing for each message took longer than the next one took to
 * come, and what the hall answered to a key lay behind seconds of messages that nobody had read.
 */
export function createTurns({ now, setTimeout: later, queueMicrotask: atEnd }: TurnClock): Turns {
  const waiting = new Set<() => void>();
  let freeAt = Number.NEGATIVE_INFINITY;
  /** `open`: nothing of it is drawn yet. */
  let turn: { open: boolean } | null = null;
  let waits = false;

  /** Looks how long it takes until all that is told now is drawn: React does that before anything else comes. */
  const begin = (): void => {
    if (turn) return;
    const began = now();
    const mine = { open: true };
    turn = mine;
    atEnd(() => {
      mine.open = false;
    });
    later(() => {
      const took = now() - began;
      turn = null;
      freeAt = now() + Math.min(took, LONGEST_REST_MS);
    }, 0);
  };

  const wait = (): void => {
    if (waits) return;
    waits = true;
    later(
      () => {
        waits = false;
        if (turn || now() < freeAt) {
          wait();
          return;
        }
        const all = [...waiting];
        waiting.clear();
        begin();
        const errors: unknown[] = [];
        for (const changed of all) {
          try {
            changed();
          } catch (error) {
            errors.push(error);
          }
        }
        // One broken screen must not keep the others from hearing; its error still gets out.
        if (errors.length > 0) throw errors[0];
      },
      Math.max(0, freeAt - now()),
    );
  };

  return {
    tell(changed) {
      // All that one message changes is one turn.
      if (waiting.size === 0 && now() >= freeAt && (turn === null || turn.open)) {
        begin();
        changed();
        return;
      }
      waiting.add(changed);
      wait();
    },
    forget: (changed) => void waiting.delete(changed),
  };
}
