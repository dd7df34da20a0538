import { AskError, type AskedSource } from '../askedSource.ts';
import { streamAddress } from './addresses.ts';
import { addressIn, type Profile } from './answers.ts';
import type { DeviceFacts, OnvifDevice } from './device.ts';
import { askStream } from './requests.ts';

/** Which of a device's pictures a camera is. */
export interface OnvifChoice {
  /** `main`: of its profiles the one with the most pixels; `sub`: with the fewest. */
  readonly stream: 'main' | 'sub';
  /** Of a recorder or a camera with several lenses, from 1, in its own order. */
  readonly channel: number;
}

/** A camera whose device tells where its pictures are. */
export function createOnvifCamera(device: OnvifDevice, choice: OnvifChoice): AskedSource {
  let url: string | undefined;
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
      }
      return { url };
    },
    failed() {
      url = undefined;
      device.forget();
    },
  };
}

/** The profile that a camera is; undefined where the device has no such channel. */
export function chosen(profiles: readonly Profile[], { stream, channel }: OnvifChoice): Profile | undefined {
  const from = [...new Set(profiles.map((profile) => profile.from))][channel - 1];
  const all = profiles.filter((profile) => profile.from === from);
  const sized = all.filter(({ width, height }) => width * height > 0);
  const pixels = ({ width, height }: Profile) => width * height;
  const [first, ...rest] = sized.length > 0 ? sized : all;
  return (
    first &&
    rest.reduce(
      (best, each) => ((stream === 'main' ? pixels(each) > pixels(best) : pixels(each) < pixels(best)) ? each : best),
      first,
    )
  );
}

function whatIsMissing({ profiles }: DeviceFacts, { channel }: OnvifChoice): string {
  const channels = new Set(profiles.map(({ from }) => from)).size;
  return `it has ${channels} ${channels === 1 ? 'channel' : 'channels'} with pictures and no channel ${channel}`;
}
