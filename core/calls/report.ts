import { canonicalJson } from '../ledger/canonical.ts';
import type { EventDraft } from '../ledger/envelope.ts';
import type { Text } from '../words.ts';
import { type Call, type CallAbout, decideCall } from './call.ts';

/** What another system tells of: a report of a citizen's, a call that somebody took; read and checked. */
export interface Report {
  /** The system's own number for it. */
  readonly id: string;
  /** When it was made, wall ms by the system's clock; null where that is not said. */
  readonly at: number | null;
  readonly text: Text;
  readonly about: CallAbout;
  /** The system is done with it. */
  readonly over: boolean;
}

/** Who brings it, and whom it is told. */
export interface Reporter {
  /** The feed, and how it is called. */
  readonly feed: string;
  readonly name: Text;
  readonly to: readonly string[];
}

/** What a report makes of the call that is known by its number (T4, T5); nothing where it says nothing new. */
export function decideReport(call: Call, { id, at, text, about, over }: Report, from: Reporter): EventDraft[] {
  const actor = `feed.${from.feed}`;
  if (!call.came) {
    if (over) return [];
    const source = { feed: from.feed, name: from.name, id, at };
    return decideCall(call, { do: 'come', text, to: [...from.to], about, source, actor });
  }
  const said = { text, about, over };
  const known = { text: call.text, about: call.about, over: call.over };
  return canonicalJson(said) === canonicalJson(known) ? [] : decideCall(call, { do: 'retell', ...said, actor });
}
