import { AskError, type AskedSource } from '../askedSource.ts';
import type { Turning } from '../turning.ts';
import { streamAddress } from './addresses.ts';
import { addressIn, type Profile } from './answers.ts';
import type { DeviceFacts, OnvifDevice } from './device.ts';
import { askStream } from './requests.ts';
import { createTurning } from './turning.ts';

/** Which of a device's pictures a camera is. */
export interface OnvifChoice {
  /** `main`: of its profiles the one with the most pixels; `sub`: with the fewest. */
  readonly stream: 'main' | 'sub';
  /** Of a recorder or a camera with several lenses, from 1, in its own order. */
  readonly channel: number;
}

/** A camera whose device tells where its pictures are. */
export interface OnvifCamera extends AskedSource {
  /** What turns it; undefined where it cannot be turned, or has not been asked for its pictures yet. */
  turning(): Turning | undefined;
}

/** @param onTold called when its device has told what it is, each time it is asked */
export function createOnvifCamera(device: OnvifDevice, choice: OnvifChoice, onTold = () => {}): OnvifCamera {
  let url: string | undefined;
  let turning: { readonly token: string; readonly by: Turning } | undefined;

  function learn({ profiles, services }: DeviceFacts): void {
    const token = services.has('ptz')
      ? (ofChannel(profiles, choice).find(({ turns }) => turns)?.token ?? undefined)
      : undefined;
    if (token !== turning?.token)
      turning = token === undefined ? undefined : { token, by: createTurning(device, token) };
    onTold();
  }

  return {
    async ask(signal) {
      if (url === undefined) {
        const facts = await device.facts(signal);
        const profile = chosen(facts.profiles, choice);
        if (!profile) throw new AskError('not-found', whatIsMissing(facts, choice));
        const answer = await device.ask(askStream(facts.media, profile.token), signal);
        const named = addressIn(answer);
        url = named === undefined ? undefined : streamAddress(named, device.address, device.login);
        if (url === undefined) throw new AskError('not-onvif', 'it names no address of RTSP for its pictures');
        learn(facts);
      }
      return { url };
    },
    failed() {
      url = undefined;
      device.forget();
    },
    turning: () => turning?.by,
  };
}

function ofChannel(profiles: readonly Profile[], { channel }: OnvifChoice): Profile[] {
  const from = [...new Set(profiles.map((profile) => profile.from))][channel - 1];
  return profiles.filter((profile) => profile.from === from);
}

/** The profile that a camera is; undefined where the device has no such channel. */
function chosen(profiles: readonly Profile[], choice: OnvifChoice): Profile | undefined {
  const all = ofChannel(profiles, choice);
  const sized = all.filter(({ width, height }) => width * height > 0);
  const pixels = ({ width, height }: Profile) => (choice.stream === 'main' ? 1 : -1) * width * height;
  const [first, ...rest] = sized.length > 0 ? sized : all;
  return first && rest.reduce((best, each) => (pixels(each) > pixels(best) ? each : best), first);
}

function whatIsMissing({ profiles }: DeviceFacts, { channel }: OnvifChoice): string {
  const channels = new Set(profiles.map(({ from }) => from)).size;
  return `it has ${channels} ${channels === 1 ? 'channel' : 'channels'} with pictures and no channel ${channel}`;
}
