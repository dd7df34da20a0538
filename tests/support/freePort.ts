import { createServer } from 'node:net';

/** Tests run in processes of their own, whose numbers follow one another. */
let next = 20_000 + ((process.pid * 97) % 10_000);

/**
 * A port of loopback that nobody listens on, another one each time. It lies below those that systems hand out to whoever asks for any: what
 * starts meanwhile in another test does not get it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = next++;
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
