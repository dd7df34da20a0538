import type { HealthKeeper } from '../health.ts';
import type { Playback } from '../recording/playback.ts';
import type { Link, LinkEars } from '../transports/tcpLink.ts';

/** A device of a recording. */
interface Played {
  readonly ears: LinkEars;
  /** Settled while it may be read. */
  free(): Promise<void>;
}

/**
 * A recording in place of devices' connections: what came over one comes over one again. What is answered nobody hears.
 *
 * @param maxConnections of more than so many the one that was heard first is forgotten
 */
export function playDevices(
  playback: Playback,
  { maxConnections }: { readonly maxConnections: number },
  { health }: { readonly health: HealthKeeper },
  open: (link: Link) => LinkEars,
): { close(): Promise<void> } {
  const devices = new Map<string, Played>();
  const forget = (peer: string): void => {
    const device = devices.get(peer);
    devices.delete(peer);
    device?.ears.gone();
  };
  const connect = (peer: string): Played => {
    let pauses = 0;
    let free = Promise.withResolvers<void>();
    free.resolve();
    const ears = open({
      peer,
      send: () => undefined,
      pause() {
        if (++pauses === 1) free = Promise.withResolvers<void>();
      },
      resume() {
        if (--pauses === 0) free.resolve();
      },
      end: () => forget(peer),
    });
    return { ears, free: () => free.promise };
  };

  health.connected();
  playback.play(({ from, bytes }) => {
    const device = devices.get(from) ?? connect(from);
    devices.set(from, device);
    const [first] = devices.keys();
    if (devices.size > maxConnections && first !== undefined) forget(first);
    device.ears.bytes(Buffer.from(bytes));
    return device.free();
  });
  return {
    close() {
      for (const peer of [...devices.keys()]) forget(peer);
      return Promise.resolve();
    },
  };
}
