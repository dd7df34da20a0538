import type { Logger } from 'pino';
import { type Clock, every } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Peer } from './peer.ts';
import { type CloseReason, createSession, type Effect, type Moment, type Session } from './session.ts';

export interface LinkOptions {
  peer: Peer;
  station: string;
  ledger: Ledger;
  clock: Clock;
  log: Logger;
  /** Something a status would show has changed. */
  onNews(): void;
  onReject(reject: { path: string; message: string; excerpt: string }): void;
  onEnd(end: { why: CloseReason | 'lost'; message: string }): void;
}

/** One connection at work: a session, the peer it talks over, and the ledger it talks about. */
export interface Link {
  readonly session: Pick<Session, 'peer' | 'acknowledged' | 'blocked' | 'clockOffsetMs'>;
  readonly address: string;
  /** Says hello, and goes on until the connection ends. */
  start(): void;
  /** Ends it at once: nothing more is read, sent or taken. */
  close(reason: string): void;
}

const BEAT = 1000;

export function createLink(options: LinkOptions): Link {
  const { peer, station, ledger, clock, log } = options;
  const session = createSession(station, () => ledger.chain, ledger);
  let open = true;
  let stop = (): void => undefined;

  const now = (): Moment => ({ wall: clock.now(), mono: clock.monotonic() });

  const end = (why: CloseReason | 'lost', message: string): void => {
    if (!open) return;
    open = false;
    stop();
    peer.close(message);
    options.onEnd({ why, message });
  };

  const carryOut = (effects: readonly Effect[]): void => {
    for (const effect of effects) {
      if (!open) return;
      switch (effect.do) {
        case 'send':
          peer.send(effect.text);
          break;
        case 'ingest':
          ingest(effect.batch, effect.events);
          break;
        case 'reject':
          if (effect.loud)
            log.warn({ peer: session.peer?.station, ...effect }, 'a message between stations was refused');
          options.onReject(effect);
          break;
        case 'close':
          end(effect.why, effect.message);
          return;
      }
    }
    options.onNews();
  };

  const ingest = (batch: number, events: readonly unknown[]): void => {
    ledger.ingest(events, session.peer?.station ?? peer.address).then(
      (result) => {
        if (open) carryOut(session.ingested(batch, result));
      },
      () => session.ingestFailed(), // said by the ledger; the peer sends again
    );
  };

  return {
    session,
    address: peer.address,
    start() {
      const unlisten = ledger.listen({
        committed() {
          if (open) carryOut(session.pushed(now()));
        },
      });
      const stopBeat = every(clock, BEAT, () => carryOut(session.beat(now())));
      stop = () => {
        unlisten();
        stopBeat();
      };
      peer.onMessage((text) => {
        if (open) carryOut(session.receive(text, now()));
      });
      peer.onClose((reason) => end('lost', reason));
      carryOut(session.open(now()));
    },
    close: (reason) => end('lost', reason),
  };
}
