import { MessageChannelMain, type UtilityProcess, utilityProcess } from 'electron';
import type { FromHall, HallReady, ToHall } from '../../hallMessages.ts';
import { type HallHost, type HallLaunch, STOP_PATIENCE_MS } from './hallHost.ts';

/** The hall in Electron's own utility process: ports go straight to it, the shell carries none of their traffic. */
export function createUtilityHost({ entry, args }: HallLaunch): HallHost {
  let child: UtilityProcess | null = null;
  let stopping = false;
  let nextId = 1;
  const listeners: ((code: number) => void)[] = [];

  return {
    start(onStarting) {
      const started = utilityProcess.fork(entry, [...args], { serviceName: 'OpsHall hall', stdio: 'inherit' });
      child = started;
      return new Promise<HallReady>((resolve, reject) => {
        let ready = false;
        started.on('message', (message: FromHall) => {
          if (message.type === 'ready') {
            ready = true;
            resolve(message.ready);
          } else if (message.type === 'starting') onStarting?.(message.percent);
          else if (message.type === 'failed') reject(new Error(message.message));
        });
        started.on('exit', (code) => {
          if (child === started) child = null;
          if (!ready) reject(new Error(`the hall ended before it was ready (code ${code})`));
          else if (!stopping) for (const listener of listeners) listener(code);
        });
      });
    },
    connect(shell = false) {
      const { port1, port2 } = new MessageChannelMain();
      const message: ToHall = { type: 'connect', id: nextId++, shell };
      child?.postMessage(message, [port1]);
      return port2;
    },
    onExit: (listener) => void listeners.push(listener),
    stop() {
      const running = child;
      if (!running) return Promise.resolve();
      stopping = true;
      return new Promise((resolve) => {
        const timer = setTimeout(() => running.kill(), STOP_PATIENCE_MS);
        running.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        running.postMessage({ type: 'stop' } satisfies ToHall);
      });
    },
  };
}
