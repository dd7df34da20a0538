import type { StandingRule } from '../ledger/register.ts';

/** Of concurrent ends, open stands: an incident that is looked after for nothing costs less than one that nobody looks after (I4). */
export const OPEN_STANDS: StandingRule<string> = {
  name: 'open-first',
  before: (a, b) => a === 'open' && b !== 'open',
};

/** What of an incident tells which of two is older. */
interface Opened {
  readonly id: string;
  readonly openedAt: number;
}

/** Whether the first was opened before the second; the same at every station, so that mergers never go round in a circle (I9). */
export function isOlder(a: Opened, b: Opened): boolean {
  return a.openedAt !== b.openedAt ? a.openedAt < b.openedAt : a.id < b.id;
}
