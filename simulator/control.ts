import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CameraGone } from '../contract/simulation.ts';
import { sameSecret } from '../main/files/sameSecret.ts';

const MOST_BYTES = 1024;
const CAMERA = /^\/cameras\/([\w.:~@-]{1,200})$/;

/** Serves docs/protocols/simulator.md on a free port of loopback. */
export async function openControl(options: {
  token: string;
  begin(): void;
  cameras: { has(camera: string): boolean; setGone(camera: string, gone: boolean): void };
}): Promise<{ url: string; close(): Promise<void> }> {
  const { token, begin, cameras } = options;

  /** Answers the status. */
  async function take(request: IncomingMessage): Promise<number> {
    if (!sameSecret(request.headers.authorization ?? '', `Bearer ${token}`)) return 401;
    const { method, url = '' } = request;
    if (url === '/begin') {
      if (method !== 'POST') return 405;
      begin();
      return 204;
    }
    const camera = CAMERA.exec(url)?.[1];
    if (camera === undefined || !cameras.has(camera)) return 404;
    if (method !== 'PUT') return 405;
    const asked = CameraGone.safeParse(await bodyOf(request));
    if (!asked.success) return 400;
    cameras.setGone(camera, asked.data.gone);
    return 204;
  }

  const server = createServer((request, response) => {
    take(request).then(
      (status) => response.writeHead(status).end(),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Null for what is too long, or no JSON. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MOST_BYTES) return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
