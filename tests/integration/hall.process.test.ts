import { existsSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../../contract/wire/frames.ts';
import { startChild } from '../support/child.ts';
import { type HallProcess, hallEntry, startHall } from '../support/hallProcess.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();

/** What an upgrade is answered with: 101, or the status of the refusal. */
function upgrade(url: string, token: string | null, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const protocols = token === null ? [SUBPROTOCOL] : [SUBPROTOCOL, `token.${token}`];
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api`, protocols, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (sent, response) => {
      sent.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

function status(hall: HallProcess, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: hall.port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('a hall as its own process', () => {
  let hall: HallProcess;
  let dataDir: string;

  beforeEach(async () => {
    dataDir = scratch.folder();
    hall = scratch.keep(await startHall({ dataDir, profile: 'empty' }), (started) => started.stop());
  });
  afterEach(() => scratch.clear());

  test('says where it is on a line of its own, and how it is at /healthz', async () => {
    expect(hall.lines.filter((line) => line.startsWith('hall ready'))).toEqual([
      `hall ready http://127.0.0.1:${hall.port}`,
    ]);
    const answer = await fetch(`${hall.url}/healthz`);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toMatchObject({
      status: 'ok',
      station: 'A',
      simulated: false,
      ledger: { events: 0, head: expect.stringMatching(/^[0-9a-f]{64}$/), recovery: false },
      feeds: [],
      peers: [],
    });
  });

  test('serves the app, or says what to do where it is not built', async () => {
    const built = existsSync(join(import.meta.dirname, '..', '..', 'out', 'renderer', 'index.html'));
    const answer = await fetch(`${hall.url}/`);
    const body = await answer.text();
    expect(answer.status).toBe(built ? 200 : 503);
    expect(body).toContain(built ? '<div id="root"' : 'npm run build');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe-eval');
  });

  test('lets in a window that has the token, and nobody else', async () => {
    expect(await upgrade(hall.url, hall.token)).toBe(101);
    expect(await upgrade(hall.url, hall.token, { origin: hall.url })).toBe(101);
    expect(await upgrade(hall.url, null)).toBe(401);
    expect(await upgrade(hall.url, `${hall.token}x`)).toBe(401);
    expect(await upgrade(hall.url, hall.token, { origin: 'https://evil.example' })).toBe(403);
    expect(await upgrade(hall.url, hall.token, { origin: 'null' })).toBe(403);
    expect(await upgrade(hall.url, hall.token, { host: 'evil.example' })).toBe(403);
    expect(await status(hall, '/city/city.json', {})).toBe(401);
    expect(await status(hall, '/city/city.json', { authorization: `Bearer ${hall.token}` })).toBe(200);
    const origin = { authorization: `Bearer ${hall.token}`, origin: 'https://evil.example' };
    expect(await status(hall, '/city/city.json', origin)).toBe(403);
    expect(await status(hall, '/healthz', { host: `evil.example:${hall.port}` })).toBe(403);
  });

  test('keeps its secrets where only their owner can read them, and out of its log', async () => {
    for (const name of ['token', 'hub-token']) {
      expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
    }
    expect(readFileSync(join(dataDir, 'token'), 'utf8').trim()).toBe(hall.token);
    const mentions = hall.lines.filter((line) => line.includes(hall.token));
    expect(mentions).toHaveLength(1); // The address that it is asked to print, and nothing else.
  });

  test('refuses a second hall on its folder with one sentence, and goes on', async () => {
    const second = startChild('the second hall', process.execPath, [
      ...[hallEntry(), '--port', '0', '--data', dataDir],
    ]);
    await expect(second.line(/^hall ready/)).rejects.toThrow('ended (1)');
    expect(second.lines).toEqual([
      `Another hall is working on the data folder ${dataDir}. Close that hall, or start this one on another folder with --data.`,
    ]);
    expect(second.ending).toBe(1);
    const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
    await window.call('wall.show', { screen: 'north', scene: 'situation', selection: null, cameras: [] });
    expect((await window.call('ledger.digest', {})).events).toBe(1);
  });

  test('refuses a folder of another station, naming both', async () => {
    await hall.stop();
    const other = startChild('another station', process.execPath, [
      ...[hallEntry(), '--port', '0', '--data', dataDir, '--station', 'B'],
    ]);
    await expect(other.line(/^hall ready/)).rejects.toThrow('ended (1)');
    expect(other.lines).toEqual([expect.stringMatching(/belongs to station "A".*called "B".*--data/)]);
  });

  test('closes cleanly when asked, with windows open, and comes back with what it had', async () => {
    const window = scratch.keep(await openWindow(hall, 'duty'), (open) => open.close());
    await window.call('wall.show', { screen: 'north', scene: 'alarms', selection: null, cameras: [] });
    const before = await window.call('ledger.digest', {});
    await hall.stop('SIGINT');
    expect(hall.ending).toBe(0);
    const again = await startHall({ dataDir, port: hall.port, profile: 'empty' });
    scratch.keep(again, (started) => started.stop());
    expect(again.token).toBe(hall.token);
    await until(() => window.client.fresh('walls'), { what: 'the window coming back by itself' });
    expect(window.item('walls', 'north')).toMatchObject({ scene: 'alarms' });
    expect(await window.call('ledger.digest', {})).toEqual(before);
    expect(window.violations).toEqual([]);
  });
});

test.each([
  [['--port', '99999'], /--port is a .*0 to 65535, not "99999"/],
  [['--port', '80.5'], /--port is a .*whole number/],
  [['--hub', 'ws://127.0.0.1:1/hub'], /OPSHALL_HUB_TOKEN/],
  [['--nonsense'], /--nonsense/],
])('an option it cannot work with is said in a sentence: %s', async (args, sentence) => {
  const hall = startChild('the hall', process.execPath, [hallEntry(), ...args, '--data', scratch.folder()]);
  await expect(hall.line(/^hall ready/)).rejects.toThrow('ended (1)');
  expect(hall.lines.join('\n')).toMatch(sentence);
  expect(hall.lines.filter((line) => /^\s+at /.test(line))).toEqual([]);
  await scratch.clear();
});

test('a port that is taken is said in a sentence', async () => {
  const first = scratch.keep(await startHall({ dataDir: scratch.folder(), profile: 'empty' }), (it) => it.stop());
  const second = startChild('the second hall', process.execPath, [
    ...[hallEntry(), '--port', String(first.port), '--data', scratch.folder()],
  ]);
  await expect(second.line(/^hall ready/)).rejects.toThrow('ended (1)');
  expect(second.lines).toEqual([
    expect.stringMatching(new RegExp(`127.0.0.1:${first.port}.*换一个端口`)),
    expect.stringMatching(new RegExp(`127.0.0.1:${first.port}.*another port`)),
  ]);
  await scratch.clear();
});
