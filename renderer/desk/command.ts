import type { Text } from '../../contract/schema/basics.ts';

/** One line of the palette. */
export interface Command {
  /** Unique in the window. */
  readonly id: string;
  /** What kind of thing it is, in words. */
  readonly kind: string;
  readonly name: string;
  /** Searched, not shown: the name in the other language, the id. */
  readonly also: string;
  readonly hint?: string;
  /** The key that does the same, as the registry spells it. */
  readonly keys?: string;
  /** Where equals stand: before what can be done now, or after everything else; without it between them. */
  readonly rank?: 'first' | 'last';
  run(): void;
}

/** What a thing is found by besides the name it is shown with: its name in both languages, and its id. */
export function alsoKnown(name: Text, id: string): string {
  return `${name.zh} ${name.en} ${id}`;
}

const RANKS = { first: 0, between: 1, last: 2 };

/** The lines by their rank; those of one rank as they came. */
export function byRank(commands: readonly Command[]): Command[] {
  const rank = (command: Command) => RANKS[command.rank ?? 'between'];
  return [...commands].sort((a, b) => rank(a) - rank(b));
}
