import { AskError, type AskedSource } from '../askedSource.ts';
import type { Turning } from '../turning.ts';
import type { Gb28181Address } from './address.ts';
import { type StreamNumber, SUB } from './sdp.ts';
import type { Gb28181Server } from './server.ts';

/** A camera whose device sends its pictures when the hall asks for them. */
export interface Gb28181Camera extends AskedSource {
  /** Its smaller stream; undefined where its device tells of none. */
  readonly sub: AskedSource | undefined;
  /** What turns it; undefined where nothing does, or its device is away. */
  turning(): Turning | undefined;
}

export function createGb28181Camera(
  server: Pick<Gb28181Server, 'hasSub' | 'play' | 'turning'> | undefined,
  address: Gb28181Address,
): Gb28181Camera {
  const { device, channel } = address;
  const stream = (number: StreamNumber): AskedSource => ({
    async ask(signal) {
      if (!server) throw new AskError('failed', 'the hall has no gb28181.yaml that is in use');
      return { url: `gb28181:${device}/${channel}`, program: await server.play(device, channel, signal, number) };
    },
    failed() {},
  });
  const sub = stream(SUB);
  return {
    ...stream(undefined),
    get sub() {
      return server?.hasSub(device, channel) ? sub : undefined;
    },
    turning: () => server?.turning(address),
  };
}
