import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { MessageChannelMain, type MessagePortMain } from 'electron';
import { CHANNEL_FD, CHANNEL_VARIABLE, type HallChannel, openHallChannel } from '../../hallChannel.ts';
import type { FromHall, HallReady, ToHall } from '../../hallMessages.ts';
import { type HallHost, type HallLaunch, STOP_PATIENCE_MS } from './hallHost.ts';

/**
 * The hall as a child process of another Node, for an Electron whose own is too old. Node's processes cannot be handed a
 * port, so the shell carries each window's messages over a pipe to it, numbered.
 *
 * @param node the Node to run it with
 */
export function createChildHost({ entry, args }: HallLaunch, node: string): HallHost {
  let child: ChildProcess | null = null;
  let stopping = false;
  let nextId = 1;
  const ports = new Map<number, MessagePortMain>();
  const listeners: ((code: number) => void)[] = [];
  let channel: HallChannel<ToHall> | null = null;
  const tell = (message: ToHall) => channel?.send(message);

  function closePorts(): void {
    for (const port of ports.values()) port.close();
    ports.clear();
  }

  return {
    start(onStarting) {
      const env: NodeJS.ProcessEnv = { ...process.env, [CHANNEL_VARIABLE]: String(CHANNEL_FD) };
      delete env.ELECTRON_RUN_AS_NODE;
      const started = spawn(node, [entry, ...args], {
        stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
        env,
      });
      child = started;
      return new Promise<HallReady>((resolve, reject) => {
        let ready = false;
        started.on('error', reject);
        const receive = (message: FromHall) => {
          if (message.type === 'ready') {
            ready = true;
            resolve(message.ready);
          } else if (message.type === 'starting') onStarting?.(message.percent);
          else if (message.type === 'failed') reject(new Error(message.message));
          else if (message.type === 'data') ports.get(message.id)?.postMessage(message.data);
          else if (message.type === 'close') {
            ports.get(message.id)?.close();
            ports.delete(message.id);
          }
        };
        // A hall whose pipe is gone ends, and another is started.
        const opened = openHallChannel<FromHall, ToHall>(started.stdio[CHANNEL_FD] as Duplex, receive, () => {
          if (channel === opened) channel = null;
          closePorts();
        });
        channel = opened;
        started.on('exit', (code) => {
          if (child === started) child = null;
          closePorts();
          if (!ready) reject(new Error(`the hall ended before it was ready (code ${code ?? 'signal'})`));
          else if (!stopping) for (const listener of listeners) listener(code ?? -1);
        });
      });
    },
    connect(shell = false) {
      const { port1, port2 } = new MessageChannelMain();
      const id = nextId++;
      ports.set(id, port1);
      port1.on('message', ({ data }) => tell({ type: 'data', id, data }));
      port1.on('close', () => {
        if (ports.delete(id)) tell({ type: 'close', id });
      });
      port1.start();
      tell({ type: 'connect', id, shell });
      return port2;
    },
    onExit: (listener) => void listeners.push(listener),
    stop() {
      const running = child;
      if (!running) return Promise.resolve();
      stopping = true;
      return new Promise((resolve) => {
        const timer = setTimeout(() => running.kill('SIGKILL'), STOP_PATIENCE_MS);
        running.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        tell({ type: 'stop' });
      });
    },
  };
}
