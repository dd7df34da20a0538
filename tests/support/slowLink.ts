import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Socket } from 'node:net';

/** What a router holds before whoever sends has to wait. */
const BUFFER_BYTES = 64 * 1024;
const TICK_MS = 5;

/** A way to a server on loopback that is as slow as one across a city. */
export interface SlowLink {
  readonly port: number;
  /** Bytes that came through it from the server so far. */
  readonly received: number;
  /** Makes the way longer from now on, each way; never shorter, for what is under way would be overtaken. */
  lengthen(delayMs: number): void;
  close(): Promise<void>;
}

/** @param bitsPerSecond each way, of each connection @param delayMs each way */
export async function openSlowLink(
  to: { port: number },
  { bitsPerSecond, delayMs }: { bitsPerSecond: number; delayMs: number },
): Promise<SlowLink> {
  const bytesPerMs = bitsPerSecond / 8 / 1000;
  const ends = new Set<Socket>();
  let received = 0;
  let delay = delayMs;

  /** A token bucket of one tick, and then the way. */
  function carry(from: Socket, onward: Socket, count: (bytes: number) => void): void {
    const waiting: Buffer[] = [];
    let held = 0;
    let tokens = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      tokens += (now - last) * bytesPerMs;
      last = now;
      while (tokens >= 1) {
        const head = waiting[0];
        if (head === undefined) {
          tokens = 0;
          break;
        }
        const part = head.subarray(0, Math.floor(tokens));
        tokens -= part.length;
        held -= part.length;
        if (part.length === head.length) waiting.shift();
        else waiting[0] = head.subarray(part.length);
        setTimeout(() => {
          count(part.length);
          if (!onward.destroyed) onward.write(part);
        }, delay);
      }
      if (held < BUFFER_BYTES) from.resume();
    }, TICK_MS);
    from.on('data', (bytes: Buffer) => {
      waiting.push(bytes);
      held += bytes.length;
      if (held >= BUFFER_BYTES) from.pause();
    });
    from.on('close', () => {
      clearInterval(timer);
      onward.destroy();
    });
    from.on('error', () => from.destroy());
  }

  const server = createServer((near) => {
    const far = dial(to.port, '127.0.0.1');
    for (const end of [near, far]) {
      end.setNoDelay(true);
      ends.add(end);
      end.on('close', () => ends.delete(end));
    }
    carry(near, far, () => undefined);
    carry(far, near, (bytes) => {
      received += bytes;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get received() {
      return received;
    },
    lengthen(longer) {
      delay = Math.max(delay, longer);
    },
    async close() {
      for (const end of ends) end.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
