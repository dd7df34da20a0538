import { type Carrier, CloseCode, createInbox } from '../carrier.ts';

/** The part of the page's MessagePort that is used. */
export interface PagePort {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
  addEventListener(type: 'message' | 'messageerror' | 'close', listener: (event: { data?: unknown }) => void): void;
}

/**
 * Carries messages over a MessagePort in the page, whose other end the hall holds. Bytes are copied, not transferred:
 * Electron's main side loses transferred buffers (electron#37157). A page cannot see how much a port holds, so `buffered`
 * is 0; the protocol's acks take its place.
 */
export function carryPagePort(port: PagePort): Carrier {
  const inbox = createInbox();
  port.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') inbox.deliver(data);
    else if (data instanceof Uint8Array) inbox.deliver(data);
    else if (data instanceof ArrayBuffer) inbox.deliver(new Uint8Array(data));
  });
  port.addEventListener('close', () => inbox.end(CloseCode.goingAway, 'the port was closed'));
  port.start();
  return {
    send(message) {
      if (!inbox.ended) port.postMessage(message);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close(code, reason) {
      if (inbox.ended) return;
      inbox.end(code, reason);
      port.close();
    },
    buffered: () => 0,
  };
}
