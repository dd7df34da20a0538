/** How much one peer may say. */
export interface Allowance {
  /** False once it has said too much within the span. */
  take(chars: number, events: boolean, mono: number): boolean;
}

/** In ms; each span is counted on its own. */
const SPAN = 5000;
/** An honest peer at full speed says some hundred in a span. */
const MESSAGES = 1500;
/** Characters of all but events: what looking at them costs grows with their length. */
const TALK = 4 * 1024 * 1024;
/** Characters of events: more than twice what a ledger can write. */
const EVENTS = 128 * 1024 * 1024;

export function createAllowance(): Allowance {
  let since = Number.NEGATIVE_INFINITY;
  let messages = 0;
  let talk = 0;
  let events = 0;
  return {
    take(chars, isEvents, mono) {
      if (mono - since >= SPAN) {
        since = mono;
        messages = 0;
        talk = 0;
        events = 0;
      }
      messages++;
      if (isEvents) events += chars;
      else talk += chars;
      return messages <= MESSAGES && talk <= TALK && events <= EVENTS;
    },
  };
}
