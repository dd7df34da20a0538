import { haveOf } from '../../core/ledger/order.ts';
import { EVERY, type Taken } from '../../core/ledger/stream.ts';
import type { Text } from '../../core/words.ts';
import { createAllowance } from './allowance.ts';
import { createClockOffset } from './clockOffset.ts';
import type { CloseReason, Effect, Moment, PeerIdentity, Self } from './effect.ts';
import { REASONS } from './ingestReasons.ts';
import { MAX_MESSAGE_CHARS, portions, readMessage, SYNC_PROTOCOL, type SyncMessage } from './messages.ts';
import { createOutgoing } from './outgoing.ts';
import type { Session } from './session.ts';
import type { WireTexts } from './wireTexts.ts';

const HAVE_EVERY = 5000;
const PING_EVERY = 10_000;
const HELLO_EVERY = 2000;
/** A peer that says nothing for this long is gone, whatever its socket believes, in ms. */
const SILENT_AFTER = 25_000;
/** A peer that talks and answers nothing for this long does not read what it is sent, in ms. */
const DEAF_AFTER = 60_000;
/** Batches that may wait for our own disk. An honest peer sends four. */
const MAX_INGESTS = 16;
/** Messages kept of a peer that is not let in yet: an honest one sends a hello, a ping and four batches. */
const MAX_HELD = 32;
/** `bad` answers in any minute: two faulty peers must not keep each other busy. */
const BAD_A_MINUTE = 20;
const EXCERPT = 500;

/**
 * @param extra.self what the hello tells besides the name.
 * @param extra.takes streams that are taken of others; absent: every one.
 * @param extra.hold asked at the peer's first hello; while true it is neither listened to nor sent anything until `admit`.
 */
export function createSession(
  station: string,
  chain: () => string,
  source: WireTexts,
  extra: { self?: Self; takes?: Taken; hold?: (peer: PeerIdentity) => boolean } = {},
): Session {
  const { self, takes = EVERY, hold } = extra;
  const outgoing = createOutgoing(station, source);
  const offset = createClockOffset();
  const allowance = createAllowance();
  let peer: PeerIdentity | null = null;
  let held: string[] | null = null;
  let heard = 0;
  let heardAt = 0;
  let openedAt = 0;
  let answeredAt = 0;
  let proven = false;
  let engaged = false;
  let ingesting = 0;
  let bad = { since: 0, count: 0 };
  const sentAt = { hello: 0, have: 0, ping: 0 };

  const send = (message: SyncMessage): Effect => ({ do: 'send', text: JSON.stringify(message) });
  const close = (why: CloseReason, message: string): Effect => ({ do: 'close', why, message });

  const hello = (now: Moment): Effect[] => {
    sentAt.hello = now.mono;
    sentAt.have = now.mono;
    const [have = {}, ...more] = portions(source.have());
    const { wall } = now;
    return [
      send({ t: 'hello', protocol: SYNC_PROTOCOL, station, chain: chain(), have, wall, takes, ...self }),
      ...more.map((rest) => send({ t: 'have', have: rest })),
    ];
  };

  const ping = (now: Moment): Effect => {
    sentAt.ping = now.mono;
    return send({ t: 'ping', n: offset.ask(now) });
  };

  const push = (now: Moment): Effect[] =>
    peer === null || held !== null ? [] : outgoing.batches(now.mono).map((text) => ({ do: 'send', text }));

  const refuse = (path: string, message: Text, excerpt: string, now: Moment): Effect[] => {
    if (now.mono - bad.since >= 60_000) bad = { since: now.mono, count: 0 };
    const loud = ++bad.count <= BAD_A_MINUTE;
    const rejected: Effect = { do: 'reject', path, message, excerpt: excerpt.slice(0, EXCERPT), loud };
    if (!loud) return [rejected];
    return [rejected, send({ t: 'bad', message: `${path === '' ? '' : `${path}: `}${message.en}`.slice(0, 1000) })];
  };

  /** The other side did not take something of ours. It is kept, and not answered: two stations must not complain in a circle. */
  const complaint = (message: string, text: string, now: Moment): Effect[] => {
    const said = {
      zh: '对方工作站没有接受本站发去的内容，其原话见下',
      en: `the other station did not take what was sent to it: ${message}`,
    };
    return refuse('bad', said, text, now).filter((effect) => effect.do === 'reject');
  };

  /** Ends it with a word to the other side, in the form of this version and in that of the ones before. */
  const dismiss = (why: CloseReason, message: string): Effect[] => [
    send({ t: 'refused', why, message }),
    send({ t: 'bad', message }),
    close(why, message),
  ];

  const greeted = (message: Extract<SyncMessage, { t: 'hello' }>, now: Moment): Effect[] => {
    if (message.protocol !== SYNC_PROTOCOL) {
      const text = `station ${message.station} speaks sync protocol ${message.protocol}, ${station} speaks ${SYNC_PROTOCOL}: install the same version of OpsHall on both`;
      return dismiss('protocol', text);
    }
    if (message.station === station) {
      if (self && message.run === self.run) return [close('self', 'the address leads back to this station itself')];
      const copy = self !== undefined && message.instance === self.instance;
      return dismiss(
        copy ? 'copy' : 'same-name',
        `two stations are called "${station}": give one of them another name`,
      );
    }
    if (peer !== null && peer.station !== message.station) {
      const before = {
        zh: `对方刚才自称工作站 ${peer.station}`,
        en: `this was station ${peer.station} a moment ago`,
      };
      return refuse('station', before, message.station, now);
    }
    const again = peer !== null;
    const { chain: theirs, instance = null, run = null, takes: taken = EVERY } = message;
    peer = { station: message.station, chain: theirs, instance, run, takes: taken };
    outgoing.heed(peer.station, taken);
    outgoing.learn(message.have);
    // A second hello means that ours was lost on the way.
    const answer = again && now.mono - sentAt.hello >= HELLO_EVERY ? hello(now) : [];
    if (again) return [...answer, ...push(now)];
    answeredAt = now.mono;
    if (hold?.(peer)) {
      held = [];
      return [];
    }
    return [ping(now), ...push(now)];
  };

  const handle = (message: SyncMessage, text: string, now: Moment): Effect[] => {
    if (message.t === 'hello') return greeted(message, now);
    if (message.t === 'bad') return complaint(message.message, text, now);
    if (message.t === 'refused') {
      const why =
        message.why === 'same-name' || message.why === 'copy' || message.why === 'protocol' ? message.why : 'refused';
      return [close(why, message.message)];
    }
    // Whoever has not said hello to us, or whose hello was lost, says it again within two seconds.
    if (peer === null) return [];
    if (message.t === 'ping') {
      // Who holds us at its door answers, and asks nothing.
      engaged = true;
      return [send({ t: 'pong', n: message.n, wall: now.wall })];
    }
    if (message.t === 'pong') {
      if (offset.answer(message.n, message.wall, now)) answered(now);
      return [];
    }
    if (held !== null) {
      held.push(text);
      const chars = held.reduce((sum, one) => sum + one.length, 0);
      if (held.length <= MAX_HELD && chars <= 6 * MAX_MESSAGE_CHARS) return [];
      return [close('overrun', `${peer.station} talks before it is let in`)];
    }
    switch (message.t) {
      case 'have':
        engaged = true;
        outgoing.learn(message.have);
        return push(now);
      case 'ack':
        engaged = true;
        if (outgoing.answered(message.batch, message.have, message.refused, now.mono)) answered(now);
        return push(now);
      case 'twin':
        return [{ do: 'twin', why: message.why === 'copy' ? 'copy' : 'same-name' }];
      case 'events':
        engaged = true;
        if (++ingesting > MAX_INGESTS) return [close('overrun', `${peer.station} sends faster than it is answered`)];
        outgoing.offered(message.batch, message.events);
        return [{ do: 'ingest', batch: message.batch, events: message.events, seals: message.seals }];
    }
  };

  const answered = (now: Moment): void => {
    answeredAt = now.mono;
    proven = true;
  };

  return {
    get peer() {
      return peer;
    },
    get admitted() {
      return peer !== null && held === null;
    },
    get proven() {
      return proven;
    },
    get engaged() {
      return engaged;
    },
    get heard() {
      return heard;
    },
    acknowledged: outgoing.acknowledged,
    claimed: outgoing.claimed,
    blocked: outgoing.blocked,
    get clockOffsetMs() {
      return offset.ms;
    },
    open(now) {
      openedAt = now.mono;
      heardAt = now.mono;
      return hello(now);
    },
    receive(text, now) {
      heardAt = now.mono;
      heard++;
      const message = readMessage(text);
      const events = !('fault' in message) && message.t === 'events';
      if (!allowance.take(text.length, events, now.mono)) {
        return [close('overrun', `${peer?.station ?? 'the other side'} says more than any station has to say`)];
      }
      if ('fault' in message) return refuse(message.path, message.fault, text, now);
      return handle(message, text, now);
    },
    admit(now) {
      const waiting = held ?? [];
      held = null;
      sentAt.have = now.mono;
      // What it hears of us now tells it that it is in.
      const effects: Effect[] = [ping(now), ...portions(source.have()).map((have) => send({ t: 'have', have }))];
      for (const text of waiting) {
        const message = readMessage(text);
        if (!('fault' in message)) effects.push(...handle(message, text, now));
      }
      return [...effects, ...push(now)];
    },
    turnAway: (why) => dismiss(why, `another station called "${peer?.station}" is connected to ${station} already`),
    // A version that says no run would take the message for a fault.
    tellTwin: (why) => (peer?.run ? [send({ t: 'twin', why })] : []),
    probe: (now) => [ping(now)],
    ingested(batch, result) {
      ingesting--;
      const shown = outgoing.taken(batch, result.refused.length === 0);
      const have = haveOf(Object.entries(result.have).filter(([chain]) => chain in shown));
      const refused = result.refused.slice(0, 20).map(({ id, reason, message }) => ({
        id: id.slice(0, 250),
        reason,
        message: message.slice(0, 500),
      }));
      const kept: Effect[] = result.refused
        .filter(({ reason }) => reason !== 'gap')
        .slice(0, 5)
        .map(({ id, reason, message }) => ({
          do: 'reject',
          path: id,
          message: { zh: `本站不接收此记录：${REASONS[reason]}`, en: `${reason}: ${message}` },
          excerpt: '',
          loud: true,
        }));
      return [...kept, send({ t: 'ack', batch, have, refused })];
    },
    ingestFailed(batch) {
      ingesting--;
      outgoing.taken(batch, false);
    },
    pushed: push,
    beat(now) {
      const who = peer?.station ?? 'the other side';
      if (now.mono - heardAt >= SILENT_AFTER)
        return [close('silent', `${who} said nothing for ${SILENT_AFTER / 1000} s`)];
      if (peer === null) {
        if (now.mono - openedAt >= SILENT_AFTER) {
          return [close('silent', 'the other side did not say which station it is')];
        }
        return now.mono - sentAt.hello >= HELLO_EVERY ? hello(now) : [];
      }
      if (held !== null) return [];
      if (now.mono - answeredAt >= DEAF_AFTER) {
        return [
          close('silent', `${who} answered nothing for ${DEAF_AFTER / 1000} s: it does not read what it is sent`),
        ];
      }
      const effects: Effect[] = [];
      if (now.mono - sentAt.have >= HAVE_EVERY) {
        sentAt.have = now.mono;
        for (const have of portions(source.have())) effects.push(send({ t: 'have', have }));
      }
      if (now.mono - sentAt.ping >= PING_EVERY) effects.push(ping(now));
      return [...effects, ...push(now)];
    },
  };
}
