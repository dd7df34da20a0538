import { createLastTold } from '../lastTold.ts';
import type { Turning } from '../turning.ts';
import { panIn, presetsIn } from './answers.ts';
import type { OnvifDevice } from './device.ts';
import { askMove, askPreset, askPresets, askStatus, askStop, type Request } from './requests.ts';

/** @param profile token of one that turns */
export function createTurning(device: OnvifDevice, profile: string): Turning {
  const last = createLastTold();
  /** Drives that were told to move and not to stop. */
  let moving = { turn: false, zoom: false };

  const tell = (request: Request): Promise<void> => last((signal) => device.ask(request, signal));

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
    pan: async () => panIn(await device.ask(askStatus(profile), new AbortController().signal)),
    presets: async () => presetsIn(await device.ask(askPresets(profile), new AbortController().signal)),
  };
}
