/** What a value may have at most: characters of its canonical JSON, and levels of nesting. */
export interface JsonLimits {
  chars: number;
  depth: number;
}

/** A value that the ledger does not carry. */
export class UncarriedValue extends TypeError {
  readonly reason: 'malformed' | 'too-large';

  constructor(reason: UncarriedValue['reason'], message: string) {
    super(message);
    this.name = 'UncarriedValue';
    this.reason = reason;
  }
}

/**
 * JSON with sorted keys and no white space, so that the same value has the same bytes on every station.
 * Members that are undefined are left out, as JSON.stringify does.
 *
 * @param limits for a value from outside: looks no further than they go, and at no member named `__proto__`.
 * @param depth the level at which the value lies.
 * @throws UncarriedValue for what JSON cannot carry (NaN, Infinity, functions) or is beyond the limits.
 */
export function canonicalJson(value: unknown, limits?: JsonLimits, depth = 1): string {
  return worded(value, limits, depth).text;
}

/**
 * The same, and whether the value is what is read from its text: plain, and its members in their order. Most values are, because they were
 * read from such a text, and JSON.stringify says those in one go.
 *
 * @throws UncarriedValue as canonicalJson.
 */
export function worded(value: unknown, limits?: JsonLimits, depth = 1): { text: string; asRead: boolean } {
  const { chars, depth: levels } = limits ?? BOUNDLESS;
  if (afterInOrder(value, chars, levels - depth) < 0) return { text: write(value, limits, depth), asRead: false };
  const text = JSON.stringify(value);
  if (limits && text.length > limits.chars) throw tooLong(limits);
  return { text, asRead: true };
}

const BOUNDLESS: JsonLimits = { chars: Number.POSITIVE_INFINITY, depth: Number.POSITIVE_INFINITY };

/**
 * How many of these characters are left after a value, counted so that its text is no shorter; below zero where there are too few, or where
 * reading its canonical text gives anything else than the value.
 */
function afterInOrder(value: unknown, chars: number, levels: number): number {
  switch (typeof value) {
    case 'string':
      return chars - value.length;
    case 'boolean':
      return chars - 1;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? chars - 1 : -1;
    case 'object':
      break;
    default:
      return -1;
  }
  if (value === null) return chars - 1;
  if (levels < 0) return -1;
  let left = chars - 1;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value)) {
    if (prototype !== Array.prototype || 'toJSON' in value) return -1;
    for (let i = 0; i < value.length && left >= 0; i++) left = afterInOrder(value[i], left, levels - 1);
    return left;
  }
  if (prototype !== Object.prototype) return -1;
  const record = value as Record<string, unknown>;
  let last = '';
  for (const key of Object.keys(record)) {
    if (key < last || key === '__proto__') return -1;
    last = key;
    left = afterInOrder(record[key], left - key.length, levels - 1);
    if (left < 0) return -1;
  }
  return left;
}

function write(value: unknown, limits: JsonLimits | undefined, depth: number): string {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      throw new UncarriedValue('malformed', `canonical JSON cannot carry the number ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new UncarriedValue('malformed', `canonical JSON cannot carry a ${typeof value}`);
  if (limits && depth > limits.depth) throw new UncarriedValue('too-large', `nested deeper than ${limits.depth}`);
  let members = '';
  if (Array.isArray(value)) {
    for (const item of value) {
      members += `${members && ','}${write(item === undefined ? null : item, limits, depth + 1)}`;
      if (limits && members.length > limits.chars) throw tooLong(limits);
    }
    return `[${members}]`;
  }
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record);
  keys.sort();
  for (const key of keys) {
    const member = record[key];
    if (member === undefined) continue;
    if (limits && key === '__proto__') throw new UncarriedValue('malformed', 'a member named __proto__');
    members += `${members && ','}${JSON.stringify(key)}:${write(member, limits, depth + 1)}`;
    if (limits && members.length > limits.chars) throw tooLong(limits);
  }
  return `{${members}}`;
}

export function fitsLimits(value: unknown, limits: JsonLimits): boolean {
  try {
    return canonicalJson(value, limits).length <= limits.chars;
  } catch (error) {
    if (error instanceof UncarriedValue) return false;
    throw error;
  }
}

export function tooLong({ chars }: JsonLimits): UncarriedValue {
  return new UncarriedValue('too-large', `larger than ${chars} characters`);
}
