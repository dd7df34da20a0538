import { AskError, type AskedSource } from '../askedSource.ts';
import type { WhichStream } from '../output.ts';
import type { Turning } from '../turning.ts';
import { streamAddress } from './addresses.ts';
import { addressIn, type Profile } from './answers.ts';
import type { DeviceFacts, OnvifDevice } from './device.ts';
import { askStream } from './requests.ts';
import { createTurning } from './turning.ts';

/** Which of a device's pictures a camera is. */
export interface OnvifChoice {
  /** `main`: of its profiles the one with the most pixels; `sub`: with the fewest; `both`: whichever fits the tiles. */
  readonly stream: WhichStream | 'both';
  /** Of a recorder or a camera with several lenses, from 1, in its own order. */
  readonly channel: number;
}

/** A camera whose device tells where its pictures are. */
export interface OnvifCamera extends AskedSource {
  /** Its smaller stream, where it is to be played by that too and its device has not said that there is none. */
  readonly sub: AskedSource | undefined;
  /** What turns it; undefined where it cannot be turned, or has not been asked for its pictures yet. */
  turning(): Turning | undefined;
}

/** @param onTold called when its device has told what it is, each time it is asked */
export function createOnvifCamera(device: OnvifDevice, choice: OnvifChoice, onTold = () => {}): OnvifCamera {
  let turning: { readonly token: string; readonly by: Turning } | undefined;
  let alone = false;

  function learn({ profiles, services }: DeviceFacts): void {
    const token = services.has('ptz')
      ? (ofChannel(profiles, choice).find(({ turns }) => turns)?.token ?? undefined)
      : undefined;
    if (token !== turning?.token)
      turning = token === undefined ? undefined : { token, by: createTurning(device, token) };
    alone = chosen(profiles, choice, 'main')?.token === chosen(profiles, choice, 'sub')?.token;
    onTold();
  }

  function stream(which: WhichStream): AskedSource {
    let url: string | undefined;
    return {
      async ask(signal) {
        if (url === undefined) {
          const facts = await device.facts(signal);
          const profile = chosen(facts.profiles, choice, which);
          if (!profile) throw new AskError('not-found', whatIsMissing(facts, choice));
          learn(facts);
          if (alone && choice.stream === 'both' && which === 'sub')
            throw new AskError('not-found', 'it has no smaller stream');
          const answer = await device.ask(askStream(facts.media, profile.token), signal);
          const named = addressIn(answer);
          url = named === undefined ? undefined : streamAddress(named, device.address, device.login);
          if (url === undefined) throw new AskError('not-onvif', 'it names no address of RTSP for its pictures');
        }
        return { url };
      },
      failed() {
        url = undefined;
        device.forget();
      },
    };
  }

  const sub = choice.stream === 'both' ? stream('sub') : undefined;
  return {
    ...stream(choice.stream === 'sub' ? 'sub' : 'main'),
    get sub() {
      return alone ? undefined : sub;
    },
    turning: () => turning?.by,
  };
}

function ofChannel(profiles: readonly Profile[], { channel }: OnvifChoice): Profile[] {
  const from = [...new Set(profiles.map((profile) => profile.from))][channel - 1];
  return profiles.filter((profile) => profile.from === from);
}

/** The profile that a camera's stream is; undefined where the device has no such channel. */
function chosen(profiles: readonly Profile[], choice: OnvifChoice, which: WhichStream): Profile | undefined {
  const all = ofChannel(profiles, choice);
  const sized = all.filter(({ width, height }) => width * height > 0);
  const pixels = ({ width, height }: Profile) => (which === 'main' ? 1 : -1) * width * height;
  const [first, ...rest] = sized.length > 0 ? sized : all;
  return first && rest.reduce((best, each) => (pixels(each) > pixels(best) ? each : best), first);
}

function whatIsMissing({ profiles }: DeviceFacts, { channel }: OnvifChoice): string {
  const channels = new Set(profiles.map(({ from }) => from)).size;
  return `it has ${channels} ${channels === 1 ? 'channel' : 'channels'} with pictures and no channel ${channel}`;
}
