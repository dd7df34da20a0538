import type { Logger } from 'pino';
import type { Have } from '../../core/ledger/order.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { EVERY, shownChain, type Taken } from '../../core/ledger/stream.ts';
import { type Clock, every } from '../clock.ts';
import type { IngestResult, Ledger } from '../ledger/ledger.ts';
import type { Reject } from '../rejects/rejects.ts';
import { createSession } from './createSession.ts';
import type { CloseReason, Effect, Moment, Self, TwinKind } from './effect.ts';
import { isSentTo, placeOf } from './outgoing.ts';
import type { Peer } from './peer.ts';
import type { Session } from './session.ts';
import type { WireTexts } from './wireTexts.ts';

export interface LinkOptions {
  peer: Peer;
  station: string;
  ledger: Ledger;
  /** What the peer is sent of it; shared by all links. */
  texts: WireTexts;
  clock: Clock;
  log: Logger;
  /** What the hello tells besides the name. */
  self?: Self;
  /** Streams that are taken of others; absent: every one. */
  streams?: Taken;
  /** Asked at the peer's hello: whether it has to wait for `admit` or `turnAway`. */
  hold?(link: Link): boolean;
  /** Whether events of a chain beyond those held are taken from this peer; absent: of every chain. */
  takes?(chain: string): boolean;
  /** Something a status would show has changed. */
  onNews(): void;
  onReject(reject: Pick<Reject, 'path' | 'message' | 'excerpt'>): void;
  /** The peer turned somebody away who used our name. */
  onTwin?(why: TwinKind): void;
  onEnd(end: { why: CloseReason | 'lost'; message: string }): void;
}

/** One connection at work: a session, the peer it talks over, and the ledger it talks about. */
export interface Link {
  readonly session: Pick<
    Session,
    'peer' | 'admitted' | 'proven' | 'engaged' | 'heard' | 'acknowledged' | 'claimed' | 'blocked' | 'clockOffsetMs'
  >;
  readonly address: string;
  /** Says hello, and goes on until the connection ends. */
  start(): void;
  /** Lets in a peer that was held. */
  admit(): void;
  /** Ends it because another station of the peer's name is there. */
  turnAway(why: TwinKind): void;
  /** Tells the peer that somebody else tried to join under its name. */
  tellTwin(why: TwinKind): void;
  /** Asks the peer for a sign of life. */
  probe(): void;
  /** Ends it at once: nothing more is read, sent or taken. */
  close(reason: string): void;
}

const BEAT = 1000;

export function createLink(options: LinkOptions): Link {
  const { peer, station, ledger, texts, clock, log, self, streams = EVERY } = options;
  const session = createSession(station, () => ledger.chain, texts, {
    ...(self ? { self } : {}),
    takes: streams,
    hold: () => options.hold?.(link) ?? false,
  });
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
          ingest(effect.batch, effect.events, effect.seals);
          break;
        case 'reject':
          if (effect.loud)
            log.warn({ peer: session.peer?.station, ...effect }, 'a message between stations was refused');
          options.onReject(effect);
          break;
        case 'twin':
          options.onTwin?.(effect.why);
          break;
        case 'close':
          end(effect.why, effect.message);
          return;
      }
    }
    if (open) options.onNews();
  };

  const ingest = (batch: number, events: readonly unknown[], seals: readonly Seal[]): void => {
    const { taken, left } = sift(events, ledger.have(), (chain) => {
      if (!isSentTo({ station, takes: streams }, chain)) return 'not-taken';
      return options.takes?.(chain) === false ? 'gap' : null;
    });
    ledger.ingest(taken, session.peer?.station ?? peer.address, seals).then(
      (result) => {
        if (open) carryOut(session.ingested(batch, { ...result, refused: [...result.refused, ...left] }));
      },
      () => session.ingestFailed(batch), // said by the ledger; the peer sends again
    );
  };

  const link: Link = {
    session,
    address: peer.address,
    start() {
      const push = (): void => {
        if (open) carryOut(session.pushed(now()));
      };
      const unlisten = ledger.listen({ committed: push, sealed: push });
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
    admit: () => carryOut(session.admit(now())),
    turnAway: (why) => carryOut(session.turnAway(why)),
    tellTwin: (why) => carryOut(session.tellTwin(why)),
    probe: () => carryOut(session.probe(now())),
    close: (reason) => end('lost', reason),
  };
  return link;
}

const SAYS = {
  gap: 'is taken from its own station while that is connected',
  'not-taken': 'belongs to a stream that is not taken here',
};

/** Leaves out what is not taken from this peer: as a gap what may be taken later, or comes from its own station. */
function sift(
  events: readonly unknown[],
  have: Have,
  why: (chain: string) => keyof typeof SAYS | null,
): { taken: unknown[]; left: IngestResult['refused'] } {
  const taken: unknown[] = [];
  const left: IngestResult['refused'] = [];
  for (const event of events) {
    const at = placeOf(event);
    const reason = at === null || at.seq <= (have[at.chain] ?? 0) ? null : why(at.chain);
    if (at === null || reason === null) taken.push(event);
    else left.push({ id: `${at.chain}-${at.seq}`, reason, message: `${shownChain(at.chain)} ${SAYS[reason]}` });
  }
  return { taken, left };
}
