import { type Carrier, CloseCode, createInbox } from '../carrier.ts';

/** What Node's MessagePort and Electron's MessagePortMain have in common. */
export interface NodePort {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/**
 * Carries messages over Node's MessagePort, or Electron's MessagePortMain, which wraps the message in an event. Bytes are
 * copied, not transferred (electron#37157). `buffered` is 0: a port does not say what it holds; the protocol's acks do.
 */
export function carryNodePort(port: NodePort): Carrier {
  const inbox = createInbox();
  port.on('message', (message) => {
    const data = unwrap(message);
    if (typeof data === 'string' || data instanceof Uint8Array) inbox.deliver(data);
  });
  port.on('close', () => inbox.end(CloseCode.goingAway, 'the port was closed'));
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

/** Electron hands an event with the message in `data`; Node hands the message itself. */
function unwrap(message: unknown): unknown {
  if (message instanceof Uint8Array || typeof message !== 'object' || message === null) return message;
  return 'data' in message ? message.data : message;
}
