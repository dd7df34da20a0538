import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CameraGone, DrillBegin } from '../contract/simulation.ts';
import { sameSecret } from '../main/files/sameSecret.ts';

const MOST_BYTES = 1024;
const CAMERA = /^\/cameras\/([\w.:~@-]{1,200})$/;

/** Serves docs/protocols/simulator.md on a free port of loopback. */
export async function openControl(options: {
  token: string;
  begin(second: number): void;
  cameras: { has(camera: string): boolean; setGone(camera: string, gone: boolean): void };
}): Promise<{ url: string; close(): Promise<void> }> {
  const { token, begin, cameras } = options;

  /** Answers the status. */
  async function take(request: IncomingMessage): Promise<number> {
    if (!sameSecret(request.headers.authorization ?? '', `Bearer ${token}`)) return 401;
    const { method, url = '' } = request;
    if (url === '/begin') {
      if (method !== 'POST') return 405;
      const text = await textOf(request);
      const at = text === '' ? { second: 0 } : DrillBegin.safeParse(jsonIn(text)).data;
      if (!at) return 400;
      begin(at.second);
      return 204;
    }
    const camera = CAMERA.exec(url)?.[1];
    if (camera === undefined || !cameras.has(camera)) return 404;
    if (method !== 'PUT') return 405;
    const asked = CameraGone.safeParse(jsonIn(await textOf(request)));
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

/** Null for what is too long. */
async function textOf(request: IncomingMessage): Promise<string | null> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MOST_BYTES) return null;
  }
  return text;
}

/** Null for what is no JSON. */
function jsonIn(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
