/** A command that the rules do not allow in the present state. The message is for the person who gave it. */
export class Refusal extends Error {
  /** Number of the rule in the concept's SPEC.md: `R3`. */
  readonly rule: string;

  constructor(rule: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.rule = rule;
  }
}
