import type { Carrier } from '../../contract/wire/carrier.ts';
import { carryPagePort, type PagePort } from '../../contract/wire/carriers/pagePort.ts';

/** Messages of the page and its preload to each other, in the page's own window. */
export const PORT_MESSAGE = 'opshall:port';
export const WANT_PORT_MESSAGE = 'opshall:want-port';

/** The part of the page's window that is used. */
export interface PortWindow {
  addEventListener(
    type: 'message',
    listener: (event: { source: unknown; data: unknown; ports: readonly PagePort[] }) => void,
  ): void;
  postMessage(message: unknown, targetOrigin: string): void;
}

/**
 * Gets ports to the hall from the preload: it posts `{type: 'opshall:port'}` with one port, at load, when asked with
 * `{type: 'opshall:want-port'}`, and whenever the hall has been started anew.
 * @param onOffer a port came that nobody waits for
 */
export function createPortSource(page: PortWindow, onOffer: () => void): { connect(): Promise<Carrier> } {
  let offered: PagePort | null = null;
  let waiting: { take(carrier: Carrier): void; giveUp(): void } | null = null;
  page.addEventListener('message', ({ source, data, ports }) => {
    if (source !== page || typeof data !== 'object' || data === null) return;
    const port = ports[0];
    if (!('type' in data) || data.type !== PORT_MESSAGE || !port) return;
    if (waiting) {
      waiting.take(carryPagePort(port));
      waiting = null;
      return;
    }
    offered?.close();
    offered = port;
    onOffer();
  });
  return {
    connect() {
      if (offered) {
        const port = offered;
        offered = null;
        return Promise.resolve(carryPagePort(port));
      }
      waiting?.giveUp();
      return new Promise((take, reject) => {
        waiting = { take, giveUp: () => reject(new Error('a port was asked for anew')) };
        page.postMessage({ type: WANT_PORT_MESSAGE }, '*');
      });
    },
  };
}
