import { type Draft, type Drafts, draftKey, isWritten } from '../../desk/drafts.ts';

/** What somebody who tells of an incident is asked. */
export const FIELDS = ['kind', 'level', 'place', 'at', 'words', 'caller', 'phone'] as const;
export type Field = (typeof FIELDS)[number];
export type Told = Readonly<Record<Field, string>>;

/** An event that somebody tells of, and nobody has looked at yet. */
const USUAL_LEVEL = '3';
const FORM = 'new-incident';
/** Whose form it is, and which call it answers. A window's name has no blank and no `~`, an id of a call neither blank nor slash. */
const OPEN_KEY = new RegExp(`^(\\S+~)?((\\S+)/)?${FORM} words$`);

/** The drafts of a form: what is written in one is in no other. @param form {@link OpenForm.form} */
const keyOf = (form: string, field: Field): string => draftKey(`${form}${FORM}`, field);
export const keysOf = (form: string): readonly string[] => FIELDS.map((field) => keyOf(form, field));

/** The form that stands open. */
export interface OpenForm {
  /** Names it: the window that it is of, and the call. */
  readonly form: string;
  /** The call that it answers; null for none. */
  readonly call: string | null;
  /** What that call says; empty without one. */
  readonly said: string;
  readonly told: Told;
}

/**
 * Which form stands open in a window; null for none. There is one at a time: its own, or the one that a window without room for it opened
 * for its seat.
 *
 * @param own how keys of the window's own forms begin
 */
export function openForm(list: readonly Draft[], own: string): OpenForm | null {
  const open = list.flatMap(({ key, given, open }) => {
    const [found, owner = '', before = '', call = null] = (open ? OPEN_KEY.exec(key) : null) ?? [];
    return found === undefined ? [] : [{ owner, form: `${owner}${before}`, call, words: given }];
  });
  const one = open.findLast(({ owner }) => owner === own) ?? open.findLast(({ owner }) => owner === '');
  if (!one) return null;
  const { form, call, words } = one;
  const text = (field: Field) => list.find(({ key }) => key === keyOf(form, field))?.text ?? '';
  return {
    ...{ form, call, said: call === null ? '' : words },
    told: {
      ...{ kind: text('kind'), level: text('level') || USUAL_LEVEL, place: text('place'), at: text('at') },
      ...{ words: text('words'), caller: text('caller'), phone: text('phone') },
    },
  };
}

/** The forms for an incident that no alarm told of: a draft a field, so that nothing written is lost. */
export interface NewForms {
  /**
   * Opens the form for a call, or for none; another that stands open is left. `given` gives way to what was written.
   * @param here whether this window has room for it; else it is its seat's, and stands where there is
   */
  show(call: string | null, given: Partial<Told>, here: boolean): void;
  write(open: OpenForm, field: Field, text: string): void;
  /** Leaves it; what was written stays for the next time. */
  leave(open: OpenForm): void;
  /** The hall has taken it. */
  done(open: OpenForm): void;
  /** This window has no room for it any more: its open form becomes its seat's, as it stands. */
  handOver(): void;
}

/** @param about a field of a form in words */
export function newForms(drafts: Drafts, about: (call: string | null, field: Field) => string): NewForms {
  const each = (form: string, act: (key: string, field: Field) => void) => {
    for (const field of FIELDS) act(keyOf(form, field), field);
  };
  const open = () => openForm(drafts.list(), drafts.own);
  const isKept = (form: string, field: Field): boolean => {
    const draft = drafts.get(keyOf(form, field));
    return draft !== undefined && isWritten(draft);
  };
  return {
    leave: ({ form }) => each(form, drafts.leave),
    show(call, given, here) {
      const form = `${here ? drafts.own : ''}${call === null ? '' : `${call}/`}`;
      const before = open();
      if (before && before.form !== form) each(before.form, drafts.leave);
      // A place is its name and its point: one that somebody wrote does not go with the other of somewhere else.
      const begins = isKept(form, 'place') || isKept(form, 'at') ? { ...given, place: '', at: '' } : given;
      each(form, (key, field) => {
        const first = field === 'level' ? USUAL_LEVEL : '';
        drafts.open(key, about(call, field), begins[field] ?? first);
      });
    },
    write: ({ form, call }, field, text) => drafts.write(keyOf(form, field), about(call, field), text),
    done: ({ form }) => each(form, drafts.clear),
    handOver() {
      const stands = open();
      if (!stands?.form.startsWith(drafts.own)) return;
      const to = stands.form.slice(drafts.own.length);
      // One that the seat has begun is not written over: this one's text stays in the window, among what is not sent.
      if (FIELDS.some((field) => isKept(to, field))) return;
      each(stands.form, (key, field) => {
        const draft = drafts.get(key);
        if (!draft) return;
        drafts.open(keyOf(to, field), draft.about, draft.given);
        drafts.write(keyOf(to, field), draft.about, draft.text);
        drafts.clear(key);
      });
    },
  };
}
