import { AskError, type AskedSource } from '../askedSource.ts';
import type { Turning } from '../turning.ts';
import type { Gb28181Address } from './address.ts';
import type { Gb28181Server } from './server.ts';

/** A camera whose device sends its pictures when the hall asks for them. */
export interface Gb28181Camera extends AskedSource {
  /** What turns it; undefined where nothing does, or its device is away. */
  turning(): Turning | undefined;
}

export function createGb28181Camera(
  server: Pick<Gb28181Server, 'play' | 'turning'> | undefined,
  address: Gb28181Address,
): Gb28181Camera {
  const { device, channel } = address;
  return {
    async ask(signal) {
      if (!server) throw new AskError('failed', 'the hall has no gb28181.yaml that is in use');
      return { url: `gb28181:${device}/${channel}`, program: await server.play(device, channel, signal) };
    },
    failed() {},
    turning: () => server?.turning(address),
  };
}
