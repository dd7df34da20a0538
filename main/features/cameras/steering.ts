import { ContractError } from '../../../contract/errors.ts';
import { LONGEST_MOVE_MS, type SteeringView } from '../../../contract/features/cameras.ts';
import type { Caller, Handlers } from '../../../contract/wire/served.ts';
import type { Text } from '../../../core/words.ts';
import type { Clock } from '../../clock.ts';
import type { Audit } from '../../kernel/audit.ts';
import type { Log } from '../../log.ts';
import { AskError } from '../../video/askedSource.ts';
import type { Turning } from '../../video/turning.ts';

/** A seat keeps a camera for so long after it last told it something, ms. */
export const HELD_MS = 8_000;

/** So often one that is in hand is asked where it looks, ms. */
const LOOK_MS = 1_000;

/** Who has a camera in hand. */
interface Hand {
  readonly seat: string;
  readonly since: number;
  letGo: () => void;
  stopMoving: () => void;
  stopLooking: () => void;
  /** It was told to move, and not yet to stop. */
  moves: boolean;
}

interface SteeringOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Pick<Audit, 'steered'>;
  /** Undefined of a camera that does not turn. */
  turning(camera: string): Turning | undefined;
  /** Where a camera looks at its zero, degrees clockwise from north. */
  bearing(camera: string): number;
  /** Whose hand is on a camera has changed, or where it looks. */
  show(view: SteeringView): void;
}

/** Turning cameras: one hand at a time on each, and never without an end. */
export interface Steering {
  readonly handlers: Pick<Handlers, 'cameras.move' | 'cameras.stop' | 'cameras.presets' | 'cameras.preset'>;
  view(camera: string): SteeringView;
  /** Asks where a camera looks, which is shown where it is news. */
  look(camera: string): Promise<void>;
  /** What moves is told to stop first. */
  close(): Promise<void>;
}

export function createSteering({ clock, log, audit, turning, bearing, show }: SteeringOptions): Steering {
  const hands = new Map<string, Hand>();
  const bearings = new Map<string, number>();
  const view = (camera: string): SteeringView => {
    const hand = hands.get(camera);
    const by = hand ? { seat: hand.seat, since: hand.since } : null;
    return { camera, by, bearing: bearings.get(camera) ?? null };
  };

  function release(camera: string, hand: Hand): void {
    if (hands.get(camera) !== hand) return;
    hands.delete(camera);
    hand.stopLooking();
    show(view(camera));
  }

  async function look(camera: string): Promise<void> {
    try {
      const pan = await turning(camera)?.pan();
      if (pan === undefined) return;
      const now = Math.round((((bearing(camera) + pan) % 360) + 360) % 360);
      if (bearings.get(camera) === now % 360) return;
      bearings.set(camera, now % 360);
      show(view(camera));
    } catch (error) {
      log.debug({ err: error, camera }, 'a camera does not tell where it looks');
    }
  }

  /** As long as it is in hand. Not while it moves: what it is told next would wait for its answer. */
  function follow(camera: string, hand: Hand): void {
    const again = async (): Promise<void> => {
      if (!hand.moves) await look(camera);
      if (hands.get(camera) === hand) follow(camera, hand);
    };
    hand.stopLooking = clock.setTimeout(() => void again(), LOOK_MS);
  }

  /** The camera in the hand of whoever calls. @throws ContractError */
  function take(camera: string, caller: Caller): { hand: Hand; by: Turning } {
    const by = turns(camera, caller);
    const before = hands.get(camera);
    if (before && before.seat !== caller.seat) throw refusal('refused', inOtherHands(before.seat), caller);
    const hand = before ?? {
      seat: caller.seat,
      since: clock.now(),
      letGo() {},
      stopMoving() {},
      stopLooking() {},
      moves: false,
    };
    hand.letGo();
    hand.stopMoving();
    hand.letGo = clock.setTimeout(() => release(camera, hand), HELD_MS);
    if (!before) {
      hands.set(camera, hand);
      follow(camera, hand);
      audit.steered({ seat: caller.seat, client: caller.client, via: caller.via, camera });
      show(view(camera));
    }
    return { hand, by };
  }

  function turns(camera: string, caller: Caller): Turning {
    const by = turning(camera);
    if (!by) throw refusal('unavailable', DOES_NOT_TURN, caller);
    return by;
  }

  async function halt(camera: string, hand: Hand, by: Turning): Promise<void> {
    hand.moves = false;
    try {
      await by.stop();
    } catch (error) {
      log.warn({ err: error, camera }, 'a camera was not told to stop');
    }
  }

  return {
    ...{ view, look },
    handlers: {
      async 'cameras.move'({ camera, ms, ...velocity }, caller) {
        const { hand, by } = take(camera, caller);
        // Some devices know no time at which to stop.
        hand.stopMoving = clock.setTimeout(() => void halt(camera, hand, by), Math.min(ms, LONGEST_MOVE_MS));
        hand.moves = true;
        await told(by.move(velocity, ms), caller);
        return {};
      },
      async 'cameras.stop'({ camera }, caller) {
        const { hand, by } = take(camera, caller);
        hand.moves = false;
        await told(by.stop(), caller);
        return {};
      },
      'cameras.presets': async ({ camera }, caller) => ({
        presets: [...(await told(turns(camera, caller).presets(), caller))],
      }),
      async 'cameras.preset'({ camera, preset }, caller) {
        const { hand, by } = take(camera, caller);
        hand.moves = false;
        await told(by.goTo(preset), caller);
        return {};
      },
    },
    async close() {
      const last = [...hands].map(async ([camera, hand]) => {
        hand.letGo();
        hand.stopMoving();
        hand.stopLooking();
        const by = turning(camera);
        if (hand.moves && by) await halt(camera, hand, by);
      });
      hands.clear();
      await Promise.all(last);
    },
  };
}

const DOES_NOT_TURN: Text = {
  zh: '这台摄像机不能转动，或其设备尚未应答：请先打开它的画面',
  en: 'this camera does not turn, or its device has not answered yet: open its picture first',
};

const inOtherHands = (seat: string): Text => ({
  zh: `席位 ${seat} 正在操作这台摄像机，停手 ${HELD_MS / 1000} 秒后可接手`,
  en: `the seat ${seat} has this camera in hand; it is free ${HELD_MS / 1000} s after the last movement`,
});

function refusal(code: 'refused' | 'unavailable', text: Text, caller: Caller, cause?: unknown): ContractError {
  return new ContractError(code, caller.lang === 'en' ? text.en : text.zh, { text, cause });
}

/** What the device has against it, as the contract's error. */
async function told<T>(asked: Promise<T>, caller: Caller): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    const said = { zh: `摄像机没有执行：${error.message}`, en: `the camera did not do it: ${error.message}` };
    throw refusal('unavailable', said, caller, error);
  }
}
