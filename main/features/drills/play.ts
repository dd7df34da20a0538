import { heldSecond } from '../../../core/drills/curve.ts';
import { lastSecond } from '../../../core/drills/lastSecond.ts';
import type { DrillScript } from '../../../core/drills/script.ts';
import { type Clock, every } from '../../clock.ts';

/** So often, in ms, a running drill looks what is due. */
const BEAT_MS = 250;

/** How the drill stands. */
export interface DrillState {
  state: 'ready' | 'running' | 'ended';
  /** Drill seconds; 0 while ready. */
  second: number;
}

/** The course of a drill: what its script tells the seats, and when all of it is over. */
export interface Play {
  /** Begins the drill, or begins it again. Rejects where the simulator does not. */
  start(): Promise<void>;
  state(): DrillState;
  close(): void;
}

/** @param options.startAfter begins the drill by itself after so many seconds; without it, when asked */
export function createPlay(options: {
  script: Pick<DrillScript, 'sensors' | 'injects' | 'handsOn'>;
  clock: Clock;
  startAfter?: number | undefined;
  /** People play it, not a script: it gives them the time that the script allows for that. */
  byHand: boolean;
  /** Has the simulator begin. */
  begin(): Promise<void>;
  /** Hears each inject of the script when its second has come, in the order of the script. */
  onInject(inject: DrillScript['injects'][number]): void;
  /** Hears of ready → running → ended. */
  onChange(): void;
  failed(error: unknown, what: string): void;
}): Play {
  const { script, clock, startAfter, begin, onInject, onChange, failed } = options;
  const hold = options.byHand ? script.handsOn : undefined;
  const end = lastSecond(script);
  let startedAt: number | null = null;
  let endedAt: number | null = null;
  /** So many injects have been told since the drill began. */
  let told = 0;
  let stopBeats = () => {};

  const second = (): number => (startedAt === null ? 0 : ((endedAt ?? clock.monotonic()) - startedAt) / 1000);

  function beat(): void {
    const due = heldSecond(second(), hold);
    for (let next = script.injects[told]; next && next.at <= due; next = script.injects[told]) {
      told++;
      onInject(next);
    }
    if (due < end) return;
    stopBeats();
    endedAt = clock.monotonic();
    onChange();
  }

  async function start(): Promise<void> {
    cancelAuto();
    await begin();
    stopBeats();
    startedAt = clock.monotonic();
    endedAt = null;
    told = 0;
    stopBeats = every(clock, BEAT_MS, beat);
    onChange();
  }

  const cancelAuto =
    startAfter === undefined
      ? () => {}
      : clock.setTimeout(() => void start().catch((error) => failed(error, 'beginning the drill')), startAfter * 1000);

  return {
    start,
    state: () => ({
      state: startedAt === null ? 'ready' : endedAt === null ? 'running' : 'ended',
      second: Math.round(second() * 10) / 10,
    }),
    close() {
      cancelAuto();
      stopBeats();
    },
  };
}
