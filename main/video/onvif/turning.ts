import { AskError } from '../askedSource.ts';
import { type Preset, presetsIn } from './answers.ts';
import type { OnvifDevice } from './device.ts';
import { askMove, askPreset, askPresets, askStop, type Request, type Velocity } from './requests.ts';

/** Turns a camera. What is told later goes before what the device has not been told yet: it must not move late. */
export interface Turning {
  /** For `ms` at most, unless it is told again. @throws AskError */
  move(velocity: Velocity, ms: number): Promise<void>;
  /** @throws AskError */
  stop(): Promise<void>;
  /** @throws AskError */
  goTo(preset: string): Promise<void>;
  /** @throws AskError */
  presets(): Promise<readonly Preset[]>;
}

/** @param profile token of one that turns */
export function createTurning(device: OnvifDevice, profile: string): Turning {
  let waiting = new AbortController();
  /** Drives that were told to move and not to stop. */
  let moving = { turn: false, zoom: false };

  async function tell(request: Request): Promise<void> {
    waiting.abort();
    const mine = new AbortController();
    waiting = mine;
    try {
      await device.ask(request, mine.signal);
    } catch (error) {
      // What came after it stands in its place.
      if (!(mine.signal.aborted && error instanceof AskError)) throw error;
    }
  }

  return {
    move(velocity, ms) {
      const turn = velocity.pan !== 0 || velocity.tilt !== 0;
      const zoom = velocity.zoom !== 0;
      const told = askMove(profile, velocity, ms, { turn: turn || moving.turn, zoom: zoom || moving.zoom });
      moving = { turn, zoom };
      return tell(told);
    },
    stop() {
      moving = { turn: false, zoom: false };
      return tell(askStop(profile));
    },
    goTo(preset) {
      moving = { turn: false, zoom: false };
      return tell(askPreset(profile, preset));
    },
    presets: async () => presetsIn(await device.ask(askPresets(profile), new AbortController().signal)),
  };
}
