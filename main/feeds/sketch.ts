/** Members, and levels of nesting, that a sketch shows. */
const MEMBERS = 24;
const LEVELS = 6;

/**
 * The beginning of something foreign as JSON, at a cost that does not grow with it: JSON.parse reads any depth and any number
 * of members, JSON.stringify would run out of stack or of time on them.
 */
export function sketch(value: unknown, chars: number): string {
  return (JSON.stringify(partOf(value, LEVELS, chars)) ?? '').slice(0, chars);
}

function partOf(value: unknown, levels: number, chars: number): unknown {
  if (typeof value === 'string') return value.slice(0, chars);
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '…';
  if (Array.isArray(value)) {
    const part = value.slice(0, MEMBERS).map((member) => partOf(member, levels - 1, chars));
    return value.length > MEMBERS ? [...part, `… ${value.length} in all`] : part;
  }
  // No prototype: a member may be called __proto__.
  const part: Record<string, unknown> = Object.create(null);
  let shown = 0;
  for (const key in value) {
    if (++shown > MEMBERS) {
      part['…'] = '…';
      break;
    }
    part[key.slice(0, chars)] = partOf((value as Record<string, unknown>)[key], levels - 1, chars);
  }
  return part;
}
