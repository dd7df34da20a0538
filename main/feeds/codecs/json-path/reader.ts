import type { Issue, Said } from '../../../config/issue.ts';
import { EXCERPT_CHARS } from '../../../rejects/rejects.ts';
import { sketch } from '../../sketch.ts';
import { type CodecFault, type CodecRecord, DESCRIBED, type Decoded } from '../codec.ts';
import { type Elements, elementReader } from './element.ts';
import { type Encoding, readJson } from './json.ts';
import { bytesOf } from './numbers.ts';
import { type Budget, first, type Node, type Path, select } from './path.ts';
import type { Shape } from './shape.ts';
import { topicMatches } from './topic.ts';

/** One message as it came. */
export interface JsonMessage {
  /** Empty where messages have none. */
  readonly topic: string;
  readonly payload: Uint8Array;
  /** The broker kept it for whoever comes later: it may be of any age. */
  readonly retained: boolean;
}

/** What came of it. Neither messages nor refusals: nothing of it is asked for. */
export interface JsonDecoded extends Decoded {
  /** Values of a retained message that has no time of its own: nobody knows how old they are. */
  readonly undated: number;
}

/** What one message may bring, and what may be looked at for that. */
export const MESSAGE_LIMITS = { records: 5000, looks: 200_000 } as const;

/**
 * Reads messages of JSON by where their parts stand; nothing that comes makes it throw, and what a message costs is bounded.
 *
 * @param options.shapes the first that fits a message is what it is read by
 * @param options.offsetMinutes of the zone of times that have none, east of Greenwich
 * @param options.wanted whether a quantity of a device has a sensor: what it says instead of a number is told then
 */
export function createJsonReader(options: {
  shapes: readonly Shape[];
  encoding: Encoding;
  offsetMinutes: number;
  wanted: (device: string, item: string) => boolean;
}): (message: JsonMessage, now: number) => JsonDecoded {
  const { encoding, offsetMinutes, wanted } = options;
  const shapes = options.shapes.map((shape) => ({ shape, read: elementReader(shape, offsetMinutes, wanted) }));

  return (message, now) => {
    const fits = shapes.filter(({ shape }) => shape.topic === null || topicMatches(shape.topic, message.topic));
    // What is empty takes a retained message away.
    if (fits.length === 0 || message.payload.length === 0) return nothing();
    const read = readJson(message.payload, encoding);
    if ('fault' in read) return refused({ path: '', ...read.fault }, excerptOf(message));
    const budget: Budget = { left: MESSAGE_LIMITS.looks };
    for (const { shape, read: elements } of fits) {
      const whole = { root: read.value, element: read.value };
      if (!shape.only.every(({ at, is }) => select(at, whole, budget).some(({ value }) => value === is))) continue;
      return messageOf(shape, elements, read.value, message, now, budget, encoding);
    }
    return budget.left < 0 ? refused({ path: '', ...TOO_MUCH }, sketched(message, read.value)) : nothing();
  };
}

function messageOf(
  shape: Shape,
  elements: Elements,
  value: unknown,
  message: JsonMessage,
  now: number,
  budget: Budget,
  encoding: Encoding,
): JsonDecoded {
  const unpacked = unpack(shape, value, budget, encoding);
  if ('path' in unpacked) return refused(unpacked, sketched(message, value));
  const { root } = unpacked;
  const nodes: readonly Node[] = shape.each
    ? select(shape.each, { root, element: root }, budget)
    : [{ key: '', value: root }];
  const records: CodecRecord[] = [];
  const faults: CodecFault[] = [];
  let refusals = 0;
  let undated = 0;
  let sentAt: number | null = null;
  const levels = message.topic.split('/');
  for (const node of nodes) {
    const left = MESSAGE_LIMITS.records - records.length;
    const found = elements({ root, element: node.value, levels, retained: message.retained, now, budget, left });
    for (const record of found.records) records.push(record);
    if (found.sentAt !== null) sentAt = Math.max(sentAt ?? found.sentAt, found.sentAt);
    undated += found.undated;
    refusals += found.faults.length;
    for (const fault of found.faults)
      if (faults.length < DESCRIBED) faults.push({ ...fault, excerpt: sketched(message, node.value) });
    if (budget.left < 0 || records.length >= MESSAGE_LIMITS.records) break;
  }
  if (budget.left < 0 || records.length >= MESSAGE_LIMITS.records) {
    refusals++;
    faults.push({ path: shape.each?.text ?? '', ...TOO_MUCH, excerpt: sketched(message, root) });
  }
  if (records.length === 0 && refusals === 0 && undated === 0)
    return refused({ path: shape.each?.text ?? '', ...NOTHING_FOUND }, sketched(message, root));
  const messages = records.length > 0 || undated > 0 ? 1 : 0;
  return { messages, sentAt, records, replies: [], faults, refused: refusals, undated };
}

/** The message with the JSON that its texts hold in their place; a member that is not there, or is no text, stays as it is. */
function unpack(shape: Shape, value: unknown, budget: Budget, encoding: Encoding): { root: unknown } | Issue {
  let root = value;
  for (const { at, as } of shape.unpack) {
    const from = { root, element: root };
    const packed = first(at, from, budget);
    if (typeof packed !== 'string') continue;
    const bytes = as === 'json' ? Buffer.from(packed) : bytesOf(packed, as === 'hex-json' ? 'hex' : 'base64');
    if (bytes === null) return { path: at.text, ...NOT_PACKED };
    const inner = readJson(bytes, as === 'json' ? 'utf-8' : encoding);
    if ('fault' in inner) return { path: at.text, ...inner.fault };
    root = withValue(root, at, inner.value, budget);
  }
  return { root };
}

function withValue(root: unknown, at: Path, value: unknown, budget: Budget): unknown {
  const from = { root, element: root };
  const [node] = select(at, from, budget);
  const parent = first({ ...at, steps: at.steps.slice(0, -1) }, from, budget);
  if (at.steps.length === 0 || !node || typeof parent !== 'object' || parent === null) return value;
  // A member of its own, as every selected one is: also where it is called __proto__.
  (parent as Record<string, unknown>)[node.key] = value;
  return root;
}

const nothing = (): JsonDecoded => ({
  ...{ messages: 0, sentAt: null, records: [], replies: [], faults: [], refused: 0, undated: 0 },
});

function refused(fault: Issue, excerpt: string): JsonDecoded {
  return { ...nothing(), faults: [{ ...fault, excerpt }], refused: 1 };
}

const sketched = ({ topic }: JsonMessage, value: unknown): string =>
  `${topic} ${sketch(value, EXCERPT_CHARS)}`.trimStart();

/** The beginning of what is no JSON, as text where it is text and else in hex. */
function excerptOf({ topic, payload }: JsonMessage): string {
  const head = payload.subarray(0, EXCERPT_CHARS);
  const text = head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
  return `${topic} ${Buffer.from(head).toString(text ? 'hex' : 'utf8')}`.trimStart();
}

export const NOTHING_FOUND: Said = {
  message: {
    zh: '报文中没有 messages 所写的任何一项',
    en: 'holds nothing that `messages` names',
  },
  remedy: {
    zh: '请对照报文核对 messages 中的路径；不需要的报文请用 only 或 topics 排除',
    en: 'Check the paths under `messages` against the message; leave out what is not needed by `only` or `topics`.',
  },
};
const TOO_MUCH: Said = {
  message: {
    zh: `报文内容过多，超过 ${MESSAGE_LIMITS.records} 条记录，或查找次数超过 ${MESSAGE_LIMITS.looks}`,
    en: `holds more than ${MESSAGE_LIMITS.records} records, or takes more than ${MESSAGE_LIMITS.looks} looks to read; the rest is left out`,
  },
  remedy: {
    zh: '请分成几条报文发送，或减少带 * 与 [?] 的路径',
    en: 'Send several messages, or write fewer paths with * and [?].',
  },
};
const NOT_PACKED: Said = {
  message: { zh: '不是 base64 或十六进制文字', en: 'is no text in base64 or hex' },
  remedy: { zh: '请核对 unpack 中的 as', en: 'Check `as` under `unpack`.' },
};
