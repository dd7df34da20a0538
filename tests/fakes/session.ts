import { EMPTY_CHAIN, seal } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { formatHlc } from '../../core/ledger/hlc.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { chainKey } from '../../core/ledger/stream.ts';
import { sha256 } from '../../main/ledger/sha256.ts';
import { createSession } from '../../main/sync/createSession.ts';
import type { Effect } from '../../main/sync/effect.ts';
import type { SyncMessage } from '../../main/sync/messages.ts';
import type { Session } from '../../main/sync/session.ts';
import { OPS_1 } from './fold.ts';

export const at = (mono: number, wall = 1_000_000 + mono) => ({ mono, wall });

export function chainOf(station: string, length: number, size = 1): LedgerEvent[] {
  const events: LedgerEvent[] = [];
  for (let i = 0; i < length; i++) {
    const draft = { type: 't', subject: 's:1', actor: 'x', body: { text: 'x'.repeat(size) } };
    events.push(
      seal(draft, { ...OPS_1, station, head: events.at(-1) ?? EMPTY_CHAIN, hlc: formatHlc(i, 0), at: i }, sha256),
    );
  }
  return events;
}

/** As if every event had a seal. */
const sealed = (chain: string, seq: number): Seal => ({ chain, seq, alg: 'ed25519', key: 'k', sig: 's' });
export const SEALED = {
  sealWithin: (chain: string, from: number, to: number) => (to >= from ? sealed(chain, to) : undefined),
  sealFrom: sealed,
};

export const textsOf = (events: readonly LedgerEvent[]) => events.map((event) => JSON.stringify(event));

export function sessionOf(station: string, events: LedgerEvent[] = []): Session {
  const of = (chain: string) => events.filter((event) => chainKey(event) === chain);
  return createSession(station, () => station, {
    ...SEALED,
    have: () => Object.fromEntries([...new Set(events.map(chainKey))].map((chain) => [chain, of(chain).length])),
    texts: (chain, from, limit) => textsOf(of(chain).slice(from - 1, from - 1 + limit)),
  });
}

export const sent = (effects: readonly Effect[]): SyncMessage[] =>
  effects.flatMap((effect) => (effect.do === 'send' ? [JSON.parse(effect.text) as SyncMessage] : []));
export const kinds = (effects: readonly Effect[]): string[] => sent(effects).map((message) => message.t);
export const hello = (station: string, have: Record<string, number> = {}, protocol = 2): string =>
  JSON.stringify({ t: 'hello', protocol, station, chain: station, have, wall: 0 });
export const batches = (effects: readonly Effect[]) =>
  sent(effects).filter((message): message is Extract<SyncMessage, { t: 'events' }> => message.t === 'events');
export const ack = (
  batch: number,
  have: Record<string, number>,
  refused: { id: string; reason: string; message: string }[] = [],
) => JSON.stringify({ t: 'ack', batch, have, refused });
