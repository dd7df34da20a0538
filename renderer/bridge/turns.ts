/** Milliseconds, and what comes later. */
export interface TurnClock {
  /** Monotonic. */
  now(): number;
  setTimeout(run: () => void, ms: number): void;
  /** At the end of what runs now. */
  queueMicrotask(run: () => void): void;
  /** Whether somebody works by key or wheel right now. */
  working(): boolean;
}

/** When components are told that something of the hall has changed. */
export interface Turns {
  /** Tells it now, or with all else that waits when the window has rested from the last; once, however often it is asked. */
  tell(changed: () => void): void;
  /** A person waits: what waits is told now, all at once; where nothing does, what comes next is. */
  hurry(): void;
  /** It is gone. */
  forget(changed: () => void): void;
}

/** `began`: monotonic ms. `open`: nothing of it is drawn yet. */
interface Turn {
  readonly began: number;
  open: boolean;
}

/** Somebody who works needs the window for what they do: it draws what changes beside it a quarter of the time. */
const REST_OF_WORK = 3;
/** A window that shows what came this late is behind, whatever it does. */
const LONGEST_REST_MS = 250;
/** A frame, and a little: between two that are drawn beside somebody's work one comes that shows what they do. */
const FRAME_MS = 18;

/**
 * A window draws what changed at most half of the time: after each turn it rests as long as the turn took, three times as long while somebody works. React draws at once and as a
 * whole whenever it is told that a store has changed; in a flood of alarms, drawing for each message took longer than the next one took to
 * come, and what the hall answered to a key lay behind seconds of messages that nobody had read.
 */
export function createTurns({ now, setTimeout: later, queueMicrotask: atEnd, working }: TurnClock): Turns {
  const waiting = new Set<() => void>();
  /** Who has not been told yet in the turn that goes on. */
  const pending = new Set<() => void>();
  let freeAt = Number.NEGATIVE_INFINITY;
  let turn: Turn | null = null;
  let waits = false;

  /** The turn that goes on, or a new one. */
  const begin = (): Turn => {
    if (turn) return turn;
    const mine: Turn = { began: now(), open: true };
    turn = mine;
    atEnd(() => {
      mine.open = false;
    });
    end(mine);
    return mine;
  };

  /** Looks how long it took until all that was told is drawn: React does that before anything else comes. */
  const end = (mine: Turn): void =>
    later(() => {
      if (turn !== mine || pending.size > 0) return;
      const took = now() - mine.began;
      freeAt = now() + Math.min(working() ? took * REST_OF_WORK : took, LONGEST_REST_MS);
      turn = null;
    }, 0);

  /** One after another, each drawn by itself: between them a frame may come, and a key. */
  const tellNext = (mine: Turn): void => {
    if (turn !== mine) return;
    const [next] = pending;
    if (next !== undefined) pending.delete(next);
    if (pending.size > 0) later(() => tellNext(mine), working() ? FRAME_MS : 0);
    else end(mine);
    next?.();
  };

  const wait = (): void => {
    if (waits) return;
    waits = true;
    later(
      () => {
        waits = false;
        if (waiting.size === 0) return; // Told meanwhile, by somebody who hurried.
        if (turn || now() < freeAt) {
          wait();
          return;
        }
        for (const changed of waiting) pending.add(changed);
        waiting.clear();
        tellNext(begin());
      },
      Math.max(0, freeAt - now()),
    );
  };

  return {
    tell(changed) {
      if (pending.has(changed)) return;
      // All that one message changes is one turn.
      if (waiting.size === 0 && now() >= freeAt && (turn === null || turn.open)) {
        begin();
        changed();
        return;
      }
      waiting.add(changed);
      wait();
    },
    hurry() {
      freeAt = Number.NEGATIVE_INFINITY;
      const all = new Set([...pending, ...waiting]);
      pending.clear();
      waiting.clear();
      if (all.size === 0) return;
      end(begin());
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
    forget(changed) {
      waiting.delete(changed);
      pending.delete(changed);
    },
  };
}
