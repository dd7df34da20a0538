import { type Draft, type Drafts, draftKey, isWritten } from '../../desk/drafts.ts';

/** What somebody who tells of an incident is asked. */
export const FIELDS = ['kind', 'level', 'place', 'at', 'words', 'caller', 'phone'] as const;
export type Field = (typeof FIELDS)[number];
export type Told = Readonly<Record<Field, string>>;

/** An event that somebody tells of, and nobody has looked at yet. */
const USUAL_LEVEL = '3';
const FORM = 'new-incident';
/** An id of a call has neither blank nor slash. */
const OPEN_KEY = new RegExp(`^(?:(\\S+)/)?${FORM} words$`);

/** The drafts of the form that no call is answered with, or of the one for this call: what is written in one is in no other. */
const keyOf = (call: string | null, field: Field): string => draftKey(call === null ? FORM : `${call}/${FORM}`, field);
export const keysOf = (call: string | null): readonly string[] => FIELDS.map((field) => keyOf(call, field));

/** The form that stands open. */
export interface OpenForm {
  /** The call that it answers; null for none. */
  readonly call: string | null;
  /** What that call says; empty without one. */
  readonly said: string;
  readonly told: Told;
}

/** Which form of them stands open; null for none. There is one at a time. */
export function openForm(list: readonly Draft[]): OpenForm | null {
  const words = list.findLast(({ key, open }) => open && OPEN_KEY.test(key));
  if (!words) return null;
  const call = OPEN_KEY.exec(words.key)?.[1] ?? null;
  const text = (field: Field) => list.find(({ key }) => key === keyOf(call, field))?.text ?? '';
  return {
    call,
    said: call === null ? '' : words.given,
    told: {
      ...{ kind: text('kind'), level: text('level') || USUAL_LEVEL, place: text('place'), at: text('at') },
      ...{ words: text('words'), caller: text('caller'), phone: text('phone') },
    },
  };
}

/** The forms for an incident that no alarm told of: a draft a field, so that nothing written is lost. */
export interface NewForms {
  /** Opens the form for a call, or for none; another that stands open is left. `given` gives way to what was written. */
  show(call: string | null, given: Partial<Told>): void;
  write(call: string | null, field: Field, text: string): void;
  /** Leaves it; what was written stays for the next time. */
  leave(call: string | null): void;
  /** The hall has taken it. */
  done(call: string | null): void;
}

/** @param about a field of a form in words */
export function newForms(drafts: Drafts, about: (call: string | null, field: Field) => string): NewForms {
  const each = (call: string | null, act: (key: string, field: Field) => void) => {
    for (const field of FIELDS) act(keyOf(call, field), field);
  };
  const leave = (call: string | null) => each(call, drafts.leave);
  return {
    leave,
    show(call, given) {
      const before = openForm(drafts.list());
      if (before && before.call !== call) leave(before.call);
      const isKept = (field: Field) => {
        const draft = drafts.get(keyOf(call, field));
        return draft !== undefined && isWritten(draft);
      };
      // A place is its name and its point: one that somebody wrote does not go with the other of somewhere else.
      const begins = isKept('place') || isKept('at') ? { ...given, place: '', at: '' } : given;
      each(call, (key, field) => {
        const first = field === 'level' ? USUAL_LEVEL : '';
        drafts.open(key, about(call, field), begins[field] ?? first);
      });
    },
    write: (call, field, text) => drafts.write(keyOf(call, field), about(call, field), text),
    done: (call) => each(call, drafts.clear),
  };
}
