import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { type Carrier, CloseCode, createInbox } from '../../contract/wire/carrier.ts';
import { createHallClient } from '../../contract/wire/client.ts';
import { systemClock } from '../../main/clock.ts';
import { CHANNEL_FD, CHANNEL_VARIABLE, type HallChannel, openHallChannel } from '../../main/hallChannel.ts';
import type { FromHall, ToHall } from '../../main/hallMessages.ts';
import { settle } from '../support/hallFolder.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

/** The hall as the desktop shell starts it where Electron's own Node is too old, and windows over its one pipe. */
async function startBelowShell(dataDir: string) {
  settle(dataDir, 'empty');
  const child: ChildProcess = spawn(process.execPath, ['main/hall-process.ts', '--port', '0', '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    env: { ...process.env, [CHANNEL_VARIABLE]: String(CHANNEL_FD) },
  });
  const pipe = child.stdio[CHANNEL_FD] as Duplex;
  const inboxes = new Map<number, ReturnType<typeof createInbox>>();
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const channel: HallChannel<ToHall> = openHallChannel<FromHall, ToHall>(
    pipe,
    (message) => {
      if (message.type === 'ready') ready();
      if (message.type === 'data') inboxes.get(message.id)?.deliver(message.data);
      if (message.type === 'close') inboxes.get(message.id)?.end(CloseCode.goingAway, 'closed');
    },
    () => undefined,
  );
  const connect = (id: number): Carrier => {
    const inbox = createInbox();
    inboxes.set(id, inbox);
    channel.send({ type: 'connect', id, shell: false });
    return {
      send: (data) => channel.send({ type: 'data', id, data }),
      onMessage: inbox.onMessage,
      onClose: inbox.onClose,
      close: () => channel.send({ type: 'close', id }),
      buffered: () => 0,
    };
  };
  scratch.keep(child, (it) => it.kill('SIGKILL'));
  await isReady;
  return { child, pipe, connect };
}

test('windows speak with a hall in a process of its own over one pipe; a shell that is gone ends it cleanly', async () => {
  const hall = await startBelowShell(scratch.folder());
  const windows = [1, 2].map((id) =>
    createHallClient({
      hello: { seat: 'duty', client: 'window', lang: 'en' },
      connect: async () => hall.connect(id),
      clock: systemClock(),
      onViolation: (violation) => expect.fail(JSON.stringify(violation)),
    }),
  );
  for (const window of windows)
    await until(() => window.connection().state === 'open', { what: 'a window over the pipe' });
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => windows[n % 2]?.call('ledger.digest', {})));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  hall.pipe.destroy();
  expect(await once(hall.child, 'exit')).toEqual([0, null]);
  for (const window of windows) window.close();
});
