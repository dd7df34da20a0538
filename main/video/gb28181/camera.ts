import { AskError, type AskedSource } from '../askedSource.ts';
import type { Gb28181Server } from './server.ts';

/** Which camera of which device. */
export interface Gb28181Address {
  readonly device: string;
  readonly channel: string;
}

/** A camera whose device sends its pictures when the hall asks for them. */
export function createGb28181Camera(
  server: Pick<Gb28181Server, 'play'> | undefined,
  { device, channel }: Gb28181Address,
): AskedSource {
  return {
    async ask(signal) {
      if (!server) throw new AskError('failed', 'the hall has no gb28181.yaml that is in use');
      return { url: `gb28181:${device}/${channel}`, program: await server.play(device, channel, signal) };
    },
    failed() {},
  };
}
