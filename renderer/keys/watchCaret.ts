import type { Held } from './lostField.ts';

/** What is told of the caret of a window. */
export interface CaretListener {
  /** A field or control had the caret and went away, or lost it, without the person's doing; last used at `at`. */
  lost(held: Held, at: number): void;
  /** A field has the caret. */
  found(): void;
}

/** Milliseconds in which what a key in a field set off, a form sent or left, takes the field away. */
const SENT_MS = 3000;
const EDITS = new Set(['a', 'c', 'v', 'x', 'y', 'z', 'arrowleft', 'arrowright', 'backspace', 'delete', 'home', 'end']);
const LEAVES = new Set(['Escape', 'Tab']);

/**
 * Follows which field or control has the caret, and tells when it goes without a key or pointer of the person having
 * made it go: taken off the page, hidden, or robbed of the caret by the page itself. Browsers say nothing of a field that is taken off
 * the page, so this looks when the next key or pointer comes.
 */
export function watchCaret(
  page: Document,
  is: { typing(element: Element): boolean; control(element: Element): boolean },
  listener: CaretListener,
): { beforeKey(event: KeyboardEvent): void; beforePointer(event: Event): void; stop(): void } {
  let held: { element: Element; kind: Held } | null = null;
  let usedAt = 0;
  let left = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const gone = () => {
    if (!held) return false;
    const active = page.activeElement;
    if (held.kind === 'control') return active === null || active === page.body;
    return active !== held.element;
  };
  const look = () => {
    if (!held || !gone()) return;
    const { kind } = held;
    held = null;
    if (!left) listener.lost(kind, usedAt);
  };
  const leave = () => {
    left = true;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (held && !gone()) left = false;
    }, SENT_MS);
  };
  const hold = (element: Element, kind: Held, at: number) => {
    held = { element, kind };
    usedAt = at;
    left = false;
  };

  const onFocus = (event: FocusEvent) => {
    const element = event.target instanceof Element ? event.target : null;
    if (!element || element === held?.element) return;
    look();
    if (is.typing(element)) {
      hold(element, 'text', event.timeStamp);
      listener.found();
    } else if (is.control(element)) hold(element, 'control', event.timeStamp);
    else if (held?.kind === 'control') held = null;
  };
  const onChange = (event: Event) => {
    if (event.target instanceof HTMLSelectElement) leave();
  };
  page.addEventListener('focusin', onFocus, true);
  page.addEventListener('change', onChange, true);

  return {
    beforeKey(event) {
      look();
      if (!held || event.target !== held.element) return;
      const command = event.ctrlKey || event.metaKey || event.altKey;
      const edits = command && EDITS.has(event.key.toLowerCase());
      const sends = event.key === 'Enter' && held.kind === 'text';
      if (!event.isComposing && (LEAVES.has(event.key) || sends || (command && !edits))) leave();
      else {
        left = false;
        usedAt = event.timeStamp;
      }
    },
    beforePointer(event) {
      look();
      if (held && !(event.target instanceof Node && held.element.contains(event.target))) leave();
    },
    stop() {
      clearTimeout(timer);
      page.removeEventListener('focusin', onFocus, true);
      page.removeEventListener('change', onChange, true);
    },
  };
}
