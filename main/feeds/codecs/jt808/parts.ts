import type { Issue } from '../../../config/issue.ts';
import { partsLost, tooManyParts } from './faults.ts';
import type { Header, Sender } from './header.ts';
import { ID } from './ids.ts';
import { ASKED } from './reply.ts';

/** Messages in parts that a connection may have open. */
export const OPEN = 32;
/** Parts of a message that is read, which bounds what is kept to 64 KB, and of one whose parts are only counted. */
export const PARTS_READ = 64;
export const PARTS_COUNTED = 4096;
/** So many later frames of the same terminal, and the missing parts are asked for; and so many, and the message is given up. */
export const ASK_AFTER = 16;
export const DROP_AFTER = 64;
/** Messages that came whole and are remembered, so that a part that is sent again begins no new one. */
const REMEMBERED = 16;

/** A message some of whose parts came. */
export interface Assembly {
  readonly sender: Sender;
  readonly id: number;
  /** Serial of the first part; those of the others follow it. */
  readonly first: number;
  /** The first four bytes of the whole, which are a picture's id; null while the first part is missing. */
  readonly head: number | null;
  /** Numbers of parts that did not come, at most {@link ASKED} of them. */
  missing(): number[];
}

/** A message that is given up, with the bytes of the part that came first. */
export interface Lost {
  readonly issue: () => Issue;
  readonly excerpt: string;
}

/** What became of a part. */
export type Added =
  | { readonly state: 'kept'; readonly ask: Assembly | null; readonly displaced: Lost | null }
  | { readonly state: 'whole'; readonly assembly: Assembly; readonly body: Uint8Array }
  | { readonly state: 'again'; readonly head: number | null }
  | { readonly state: 'refused'; readonly issue: () => Issue };

/** Joins messages that come in parts, by terminal, message id and first serial (JT/T 808 clause 4.4.3, 消息包封装项). */
export interface Parts {
  /** A part whose body is [at, end) of `view`. What is displaced is the oldest open message, when there are too many. */
  add(header: Header, view: DataView, end: number, excerpt: () => string): Added;
  /** Tells that another frame of this terminal came: which messages are now to be asked for, and which are given up. */
  later(device: string): { readonly ask: readonly Assembly[]; readonly dropped: readonly Lost[] };
  /** Bytes of bodies that are kept. */
  held(): number;
}

interface Open extends Assembly {
  head: number | null;
  readonly total: number;
  /** Of the part that came first. */
  readonly excerpt: string;
  readonly came: Uint8Array;
  left: number;
  /** Bodies by number; null where the message is only counted. */
  readonly bodies: Uint8Array[] | null;
  bytes: number;
  later: number;
  asked: boolean;
}

const NOTHING = { ask: [], dropped: [] };

export function createParts(): Parts {
  const open = new Map<string, Open>();
  const whole = new Map<string, number | null>();

  function begin(key: string, header: Header, first: number, excerpt: string): Lost | null {
    let displaced: Lost | null = null;
    if (open.size >= OPEN) {
      for (const [oldest, message] of open) {
        open.delete(oldest);
        displaced = lost(message);
        break;
      }
    }
    open.set(key, createOpen(header, first, excerpt));
    return displaced;
  }

  function finish(key: string, message: Open): void {
    open.delete(key);
    whole.set(key, message.head);
    if (whole.size > REMEMBERED)
      for (const oldest of whole.keys()) {
        whole.delete(oldest);
        break;
      }
  }

  return {
    add(header, view, end, excerpt) {
      const { id, total, number, sender } = header;
      const limit = isRead(id) ? PARTS_READ : PARTS_COUNTED;
      if (total > limit) return { state: 'refused', issue: () => tooManyParts(id, total, limit) };
      const first = (header.serial - number + 1) & 0xffff;
      const key = `${sender.device}/${id}/${first}/${total}`;
      const before = whole.get(key);
      if (before !== undefined) return { state: 'again', head: before };
      const displaced = open.has(key) ? null : begin(key, header, first, excerpt());
      const message = open.get(key) as Open;
      put(message, header, view, end);
      if (message.left === 0) {
        finish(key, message);
        return { state: 'whole', assembly: message, body: Buffer.concat(message.bodies ?? []) };
      }
      // Over TCP nothing overtakes: when the last one is there, those that are not are lost.
      const ask = number === total && !message.asked;
      if (ask) message.asked = true;
      return { state: 'kept', ask: ask ? message : null, displaced };
    },
    later(device) {
      if (open.size === 0) return NOTHING;
      const ask: Assembly[] = [];
      const dropped: Lost[] = [];
      for (const [key, message] of open) {
        if (message.sender.device !== device) continue;
        message.later++;
        if (message.later === ASK_AFTER && !message.asked) {
          message.asked = true;
          ask.push(message);
        } else if (message.later >= DROP_AFTER) {
          open.delete(key);
          dropped.push(lost(message));
        }
      }
      return { ask, dropped };
    },
    held: () => [...open.values()].reduce((sum, message) => sum + message.bytes, 0),
  };
}

/** Whether the hall reads what such a message says; of a picture it keeps nothing but that it came. */
function isRead(id: number): boolean {
  return id === ID.position || id === ID.positionAsked || id === ID.batch;
}

function createOpen({ sender, id, total }: Header, first: number, excerpt: string): Open {
  const came = new Uint8Array(total + 1);
  return {
    ...{ sender, id, first, total, came, excerpt, head: null, left: total, bytes: 0, later: 0, asked: false },
    bodies: isRead(id) ? new Array<Uint8Array>(total) : null,
    missing() {
      const numbers: number[] = [];
      for (let n = 1; n <= total && numbers.length < ASKED; n++) if (came[n] === 0) numbers.push(n);
      return numbers;
    },
  };
}

function put(message: Open, { number, bodyAt }: Header, view: DataView, end: number): void {
  // Only what comes between its parts lets a message grow old; the frame of this one is counted like any other right away.
  message.later = -1;
  if (message.came[number] === 1) return;
  message.came[number] = 1;
  message.left--;
  if (number === 1 && end - bodyAt >= 4) message.head = view.getUint32(bodyAt);
  if (message.bodies === null) return;
  message.bodies[number - 1] = new Uint8Array(view.buffer, view.byteOffset + bodyAt, end - bodyAt).slice();
  message.bytes += end - bodyAt;
}

function lost({ id, sender, total, left, excerpt }: Open): Lost {
  return { issue: () => partsLost(id, sender.device, left, total), excerpt };
}
