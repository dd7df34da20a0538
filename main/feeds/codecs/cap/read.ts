import { MOST_REFERENCES, type Reference, type Said, type WarningMessage } from '../../../../core/warnings/message.ts';
import type { Text } from '../../../../core/words.ts';
import type { Issue } from '../../../config/issue.ts';
import { timeReader } from '../json-path/time.ts';
import type { Convert } from './area.ts';
import { saysItIsOver } from './events.ts';
import {
  ahead,
  anotherSender,
  CapFault,
  missing,
  noMessageType,
  noTime,
  notActual,
  notCap,
  tooMuch,
} from './faults.ts';
import { type Block, saidIn } from './info.ts';
import { cleaned } from './words.ts';
import { type Element, each, readTree, textOf } from './xml.ts';

const HOUR = 3_600_000;
const MOST_INFOS = 20;
const MOST_NAME = 250;

export interface CapOptions {
  /** Minutes east of Greenwich, for times without a zone. */
  readonly zone: number;
  /** Ms for which a warning holds that does not say how long. */
  readonly holds: number;
  readonly convert: Convert;
  /** Whether the feed may bring what this sender says. */
  mayBring(sender: string): boolean;
}

/** What came of a message; `message` is null for one that warns of nothing: an Ack, an Error. */
export type CapReading =
  | { readonly ok: false; readonly fault: Issue }
  | {
      readonly ok: true;
      readonly message: WarningMessage | null;
      readonly sent: number;
      readonly faults: readonly Issue[];
    };

const DOES: Readonly<Record<string, Said['does'] | null>> = {
  ...{ alert: 'alert', update: 'update', cancel: 'cancel', cancle: 'cancel', ack: null, error: null },
};

/**
 * Reads one CAP 1.2 message, or one of the Chinese form of it (12379; docs/protocols/cap.md). Nothing that comes makes it throw.
 *
 * @param now wall ms: what says to be sent later than an hour from then is refused
 */
export function readCap(bytes: Uint8Array, options: CapOptions, now: number): CapReading {
  try {
    return readAlert(readTree(bytes), options, now);
  } catch (error) {
    if (error instanceof CapFault) return { ok: false, fault: error.issue };
    throw error;
  }
}

function readAlert(alert: Element, options: CapOptions, now: number): CapReading {
  if (alert.name !== 'alert') throw new CapFault(notCap(alert.name));
  const needed = (name: string, ...others: string[]): string => {
    const found = [name, ...others].map((each) => textOf(alert, each)).find((text) => text !== '');
    if (found === undefined) throw new CapFault(missing(`alert.${name}`));
    return found;
  };
  const time = timeIn(options.zone);
  // The Chinese form has the sender's name there, and its number beside.
  const sender = nameIn('alert.sender', needed('senderCode', 'sender'));
  const identifier = nameIn('alert.identifier', needed('identifier'));
  const sent = time('alert.sent', needed('sent', 'sendTime'));
  if (sent > now + HOUR) throw new CapFault(ahead('alert.sent'));
  if (!options.mayBring(sender)) throw new CapFault(anotherSender(sender));
  const type = needed('msgType').toLowerCase();
  if (!Object.hasOwn(DOES, type)) throw new CapFault(noMessageType(type));
  const does = DOES[type] ?? null;
  if (does === null) return { ok: true, message: null, sent, faults: [] };
  const status = needed('status');
  if (status.toLowerCase() !== 'actual') throw new CapFault(notActual(status));

  const infos = each(alert, 'info');
  if (infos.length > MOST_INFOS)
    throw new CapFault(tooMuch('alert.info', { zh: 'info 数', en: 'info blocks' }, MOST_INFOS));
  const references = referencesIn(textOf(alert, 'references'));
  const faults: Issue[] = [];
  const blocks = infos.map((element, i): Block => ({ element, path: `alert.info.${i}` }));
  const said = saidIn(blocks, {
    ...{ sender, sent, does, convert: options.convert, holds: options.holds },
    from: cleaned(textOf(alert, 'sender'), MOST_NAME) || sender,
    named: textOf(alert, 'senderCode') === '',
    time: (path, text) => time(path, text),
    faulty: (issue) => faults.push(issue),
  });
  const over = does !== 'cancel' && references.length > 0 && saysItIsOver(said.title.zh);
  const message = { ...said, sender, identifier, sent, does: over ? ('cancel' as const) : does, references };
  return { ok: true, sent, faults, message };
}

/** Reads times, those without a zone by the feed's. @throws CapFault */
function timeIn(zone: number): (path: string, text: string) => number {
  const read = timeReader('iso', zone);
  return (path, text) => {
    const t = read?.(text.normalize('NFKC').replaceAll('/', '-').replace(/\s+/g, ' '));
    if (t === null || t === undefined) throw new CapFault(noTime(path, text));
    return t;
  };
}

function nameIn(path: string, text: string): string {
  const name = cleaned(text, MOST_NAME + 1);
  if (name === '') throw new CapFault(missing(path));
  if (name.length > MOST_NAME)
    throw new CapFault(tooMuch(path, { zh: '字符', en: 'characters' } satisfies Text, MOST_NAME));
  return name;
}

/** `sender,identifier,sent`, apart by blanks; the Chinese form has the identifier alone. */
function referencesIn(text: string): Reference[] {
  const all = text.split(/\s+/, MOST_REFERENCES + 1).filter((each) => each !== '');
  if (all.length > MOST_REFERENCES)
    throw new CapFault(tooMuch('alert.references', { zh: '引用', en: 'references' }, MOST_REFERENCES));
  return all.flatMap((each) => {
    const parts = each.split(',');
    const [sender, identifier] = parts.length > 1 ? [parts[0] ?? '', parts[1] ?? ''] : [null, each];
    return identifier === '' || identifier.length > MOST_NAME ? [] : [{ sender, identifier }];
  });
}
