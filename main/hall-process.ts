import { type Carrier, CloseCode, createInbox } from '../contract/wire/carrier.ts';
import { carryNodePort, type NodePort } from '../contract/wire/carriers/nodePort.ts';
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

function tell(message: FromHall): void {
  if (parentPort) parentPort.postMessage(message);
  else if (process.connected) process.send?.(message);
}

/** A window's carrier over the child process's one channel: its messages carry the window's number. */
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

async function main(): Promise<void> {
  const served = await serve(process.argv.slice(2), (percent) => tell({ type: 'starting', percent }));
  const { hall } = served;
  const stop = async () => {
    await hall.close();
    process.exit(0);
  };
  const receive = (message: ToHall, port: NodePort | undefined) => {
    switch (message.type) {
      case 'connect':
        hall.contract.attach(
          port ? carryNodePort(port) : openChannel(message.id),
          message.shell ? { seat: 'shell', client: 'shell', via: 'shell' } : {},
        );
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
  if (parentPort) parentPort.on('message', ({ data, ports }) => receive(data, ports[0]));
  else {
    process.on('message', (message) => receive(message as ToHall, undefined));
    process.on('disconnect', stop); // The shell is gone without a word: close cleanly all the same.
  }
  process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the shell says when to stop.
  process.on('SIGTERM', stop);
  process.stdout.write(`hall ready ${hall.url}\nopen ${openAddress(served)}\n`);
  tell({ type: 'ready', ready: { url: hall.url, lang: served.args.lang } });
}

forgiveOutput();
main().catch((error: unknown) => {
  const message = whyNot(error, process.argv);
  process.stderr.write(`${message}\n`);
  tell({ type: 'failed', message });
  setTimeout(() => process.exit(1), 100); // The message above has to leave first.
});
