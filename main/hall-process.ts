import { Socket } from 'node:net';
import { resolve } from 'node:path';
import { type Carrier, CloseCode, createInbox } from '../contract/wire/carrier.ts';
import { carryNodePort, type NodePort } from '../contract/wire/carriers/nodePort.ts';
import { basemapFolder } from './basemap/archive/basemap.ts';
import { CHANNEL_VARIABLE, type HallChannel, openHallChannel } from './hallChannel.ts';
import type { FromHall, ToHall } from './hallMessages.ts';
import { forgiveOutput, whyNot } from './processOutput.ts';
import { openAddress, serve } from './serve.ts';

/** Entry of the hall below the desktop shell: as a utility process (ports come straight here) or as a child process. */

/** Electron's utility process has this; Node has not. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: ToHall; ports: NodePort[] }) => void): void;
  postMessage(message: FromHall): void;
}

const parentPort = (process as { parentPort?: ParentPort }).parentPort;
const carriers = new Map<number, { carrier: Carrier; deliver(data: string | Uint8Array): void; end(): void }>();

/** In a child process: the pipe to the shell. */
let channel: HallChannel<FromHall> | null = null;

function tell(message: FromHall): void {
  if (parentPort) parentPort.postMessage(message);
  else channel?.send(message);
}

/** A window's carrier over the child process's one pipe: its messages carry the window's number. */
function openChannel(id: number): Carrier {
  const inbox = createInbox();
  const carrier: Carrier = {
    send: (data) => {
      if (!inbox.ended) tell({ type: 'data', id, data });
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close(code, reason) {
      if (inbox.ended) return;
      inbox.end(code, reason);
      carriers.delete(id);
      tell({ type: 'close', id });
    },
    buffered: () => 0,
  };
  const end = () => inbox.end(CloseCode.goingAway, 'the window is gone');
  carriers.set(id, { carrier, deliver: (data) => inbox.deliver(data), end });
  return carrier;
}

/** What the shell says, from the first moment on: what comes before somebody listens is kept. */
function listenToShell(pipe: Socket): { follow(receive: (message: ToHall) => void, gone: () => void): void } {
  const early: ToHall[] = [];
  let over = false;
  let receive = (message: ToHall): void => void early.push(message);
  let gone = (): void => undefined;
  channel = openHallChannel<ToHall, FromHall>(
    pipe,
    (message) => receive(message),
    () => {
      over = true;
      gone();
    },
  );
  return {
    follow(listener, whenGone) {
      receive = listener;
      gone = whenGone;
      for (const message of early) listener(message);
      if (over) whenGone();
    },
  };
}

/** The pipe to the shell, where this is its child process. Programs that the hall starts hear nothing of it. */
function pipeToShell(): Socket | null {
  const fd = process.env[CHANNEL_VARIABLE];
  delete process.env[CHANNEL_VARIABLE];
  return fd === undefined ? null : new Socket({ fd: Number(fd), readable: true, writable: true });
}

async function main(): Promise<void> {
  const pipe = pipeToShell();
  const shell = pipe && listenToShell(pipe);
  const served = await serve(process.argv.slice(2), (percent) => tell({ type: 'starting', percent }));
  const { hall } = served;
  const stop = async () => {
    await hall.close();
    process.exit(0);
  };
  /** A window that comes while the hall is being opened anew waits for it. */
  const attach = (carrier: Carrier, shell: boolean): void => {
    hall.opened().then(
      ({ contract }) => contract.attach(carrier, shell ? { seat: 'shell', client: 'shell', via: 'shell' } : {}),
      () => undefined, // The process is on its way out.
    );
  };
  const receive = (message: ToHall, port: NodePort | undefined) => {
    switch (message.type) {
      case 'connect':
        attach(port ? carryNodePort(port) : openChannel(message.id), message.shell);
        break;
      case 'data':
        carriers.get(message.id)?.deliver(message.data);
        break;
      case 'close':
        carriers.get(message.id)?.end();
        carriers.delete(message.id);
        break;
      case 'stop':
        void stop();
        break;
    }
  };
  parentPort?.on('message', ({ data, ports }) => receive(data, ports[0]));
  // The shell that is gone without a word: closed cleanly all the same.
  shell?.follow(
    (message) => receive(message, undefined),
    () => void stop(),
  );
  process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the shell says when to stop.
  process.on('SIGTERM', stop);
  process.stdout.write(`hall ready ${hall.url}\nopen ${openAddress(served)}\n`);
  const { lang, data } = served.args;
  tell({ type: 'ready', ready: { url: hall.url, lang, map: resolve(basemapFolder(data)) } });
}

forgiveOutput();
main().catch((error: unknown) => {
  const message = whyNot(error, process.argv);
  process.stderr.write(`${message}\n`);
  tell({ type: 'failed', message });
  setTimeout(() => process.exit(1), 100); // The message above has to leave first.
});
