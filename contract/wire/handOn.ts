import type { Carrier } from './carrier.ts';
import type { ContractServer, Known } from './served.ts';

type Listener = Parameters<Carrier['onMessage']>[0];

/**
 * Hands a window to another server, as if it had come there at once: its carrier, with what it said first.
 * @returns where everything goes that comes from the window after that
 */
export function handOn(carrier: Carrier, to: Pick<ContractServer, 'attach'>, first: string, known: Known): Listener {
  let onward: Listener = () => undefined;
  const onMessage: Carrier['onMessage'] = (listener) => {
    onward = listener;
    listener(first);
  };
  to.attach({ ...carrier, onMessage }, known);
  return (message) => onward(message);
}
