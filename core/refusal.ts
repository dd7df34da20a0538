import type { Text } from './words.ts';

/** A command that the rules do not allow in the present state, said to the person who gave it in both languages. */
export class Refusal extends Error {
  /** Number of the rule in the concept's SPEC.md: `R3`. */
  readonly rule: string;
  readonly text: Text;

  constructor(rule: string, text: Text) {
    super(text.en);
    this.name = 'Refusal';
    this.rule = rule;
    this.text = text;
  }
}
