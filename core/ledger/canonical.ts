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
      members += `${members && ','}${canonicalJson(item === undefined ? null : item, limits, depth + 1)}`;
      if (limits && members.length > limits.chars) throw tooLong(limits);
    }
    return `[${members}]`;
  }
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record);
  if (!isSorted(keys)) keys.sort();
  for (const key of keys) {
    const member = record[key];
    if (member === undefined) continue;
    if (limits && key === '__proto__') throw new UncarriedValue('malformed', 'a member named __proto__');
    members += `${members && ','}${JSON.stringify(key)}:${canonicalJson(member, limits, depth + 1)}`;
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

/** What was read from canonical JSON mostly is: looking is cheaper than sorting. */
function isSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return false;
  return true;
}
