import { z } from 'zod';

/** Characters; far beyond what any form takes: one that is given too much says so, and nothing of it is lost. */
const MOST_TEXT = 60_000;

/** Text that somebody began and has not sent. */
const Draft = z.object({
  /** What it is about, and which field of its form: {@link draftKey}. */
  key: z.string().min(1).max(500),
  /** The same in words, for when its form is not on the screen. */
  about: z.string().max(300),
  text: z.string().max(MOST_TEXT),
  /** What its form began with: that is nobody's writing. Empty for most. */
  given: z.string().max(MOST_TEXT),
  /** Whether its form stands open. A form that was left keeps its text. */
  open: z.boolean(),
  /** When it last changed, ms of the window's clock. */
  at: z.number(),
});
export type Draft = z.infer<typeof Draft>;

/** What windows of one seat on one machine tell each other, so that a region torn off takes its drafts along. */
const DraftMessage = z.union([
  z.object({ want: z.literal(true) }),
  z.object({ set: z.array(Draft).max(200) }),
  z.object({ clear: z.string().max(500) }),
]);
export type DraftMessage = z.infer<typeof DraftMessage>;

/** Where drafts outlive a reload, and how other windows hear of them. Either may be missing. */
export interface DraftPlaces {
  /** The tab's own; may throw, then drafts live as long as the page. */
  readonly storage?: { load(): string | null; save(text: string): void };
  readonly channel?: { post(message: DraftMessage): void; listen(hear: (message: unknown) => void): void };
  /** Names this window among the seat's; the same over a reload. Neither blank nor `~`. */
  readonly window: string;
  now(): number;
}

/** Every draft of a window, whatever form it is in. Only sending one, or throwing it away on purpose, takes it out. */
export interface Drafts {
  /**
   * A key that begins with this is of a form that is this window's alone: at two windows of a seat two people each tell of something else.
   * Other windows hear of it when this one goes.
   */
  readonly own: string;
  get(key: string): Draft | undefined;
  /** Those with text and those whose form is open, oldest first. The same array until something changes. */
  list(): readonly Draft[];
  write(key: string, about: string, text: string): void;
  /** @param given what the form begins with where nobody has written yet; it goes with the form */
  open(key: string, about: string, given?: string): void;
  /** Leaves the form; what was written stays. */
  leave(key: string): void;
  /** It was sent, or thrown away on purpose. */
  clear(key: string): void;
  /** Its form is on the screen. @returns it no longer is */
  show(key: string): () => void;
  isShown(key: string): boolean;
  /** Whether a form on the screen is being filled in, so that what others do must not take it away. */
  writing(): boolean;
  /** The window goes: what was written in its own forms is left to the seat's other windows, until it is back. */
  release(): void;
  subscribe(listener: () => void): () => void;
}

/** Beyond this many the oldest that stand in no open form give way. */
export const MOST_DRAFTS = 100;

/** Names a field of a form about something: `draftKey('run-1/pump-on', 'skip')`. */
export function draftKey(subject: string, field: string): string {
  return `${subject} ${field}`;
}

/** Whether somebody wrote it, or changed what stood there. */
export function isWritten({ text, given }: Pick<Draft, 'text' | 'given'>): boolean {
  return text.trim() !== '' && text !== given;
}

/** Nobody wrote it and its form is gone. */
const isOver = (draft: Draft): boolean => !draft.open && (draft.text === '' || draft.text === draft.given);

function read(text: string | null): Draft[] {
  if (text === null) return [];
  try {
    return z.array(Draft).max(MOST_DRAFTS).catch([]).parse(JSON.parse(text));
  } catch {
    return [];
  }
}

export function createDrafts(places: DraftPlaces): Drafts {
  const { storage, channel, now } = places;
  const own = `${places.window}~`;
  const isOwn = (key: string) => key.startsWith(own);
  const tell = (set: Draft[]) => {
    if (set.length > 0) channel?.post({ set });
  };
  const drafts = new Map(read(storage?.load() ?? null).map((draft) => [draft.key, draft]));
  const shown = new Map<string, number>();
  const listeners = new Set<() => void>();
  let listed: readonly Draft[] = [...drafts.values()];

  /** The window is here: others need not keep what is its own. */
  const tellBack = (keys: readonly string[]) => {
    for (const key of keys) if (isOwn(key)) channel?.post({ clear: key });
  };
  const changed = () => {
    listed = [...drafts.values()];
    try {
      storage?.save(JSON.stringify(listed));
    } catch {
      // No room: they live as long as the page does.
    }
    for (const listener of [...listeners]) listener();
  };
  const bound = () => {
    const spare = [...drafts.values()].filter((draft) => !draft.open && !shown.has(draft.key));
    for (const draft of spare.sort((a, b) => a.at - b.at)) {
      if (drafts.size <= MOST_DRAFTS) return;
      drafts.delete(draft.key);
    }
  };
  const put = (draft: Draft) => {
    if (isOver(draft)) drafts.delete(draft.key);
    else drafts.set(draft.key, draft);
    bound();
    changed();
    if (!isOwn(draft.key)) tell([draft]);
  };

  channel?.listen((said) => {
    const message = DraftMessage.safeParse(said).data;
    if (!message) return;
    if ('want' in message) {
      tell([...drafts.values()].filter(({ key }) => !isOwn(key)));
      return;
    }
    if ('clear' in message) {
      if (!isOwn(message.clear) && drafts.delete(message.clear)) changed();
      return;
    }
    // What it left when the page was loaded anew, heard late.
    tellBack(message.set.map(({ key }) => key));
    const news = message.set.filter(
      ({ key, at }) => !isOwn(key) && at > (drafts.get(key)?.at ?? Number.NEGATIVE_INFINITY),
    );
    for (const draft of news) {
      if (isOver(draft)) drafts.delete(draft.key);
      else drafts.set(draft.key, draft);
    }
    if (news.length === 0) return;
    bound();
    changed();
  });
  channel?.post({ want: true });
  tellBack([...drafts.keys()]);

  return {
    own,
    get: (key) => drafts.get(key),
    list: () => listed,
    write(key, about, text) {
      const { open = false, given = '' } = drafts.get(key) ?? {};
      put({ key, about: about.slice(0, 300), text: text.slice(0, MOST_TEXT), given, open, at: now() });
    },
    open(key, about, given = '') {
      const before = drafts.get(key);
      const begins = given.slice(0, MOST_TEXT);
      const text = before && before.text !== before.given ? before.text : begins;
      put({ key, about: about.slice(0, 300), text, given: begins, open: true, at: now() });
    },
    leave(key) {
      const draft = drafts.get(key);
      if (draft) put({ ...draft, open: false, at: now() });
    },
    clear(key) {
      if (!drafts.delete(key)) return;
      changed();
      if (!isOwn(key)) channel?.post({ clear: key });
    },
    show(key) {
      shown.set(key, (shown.get(key) ?? 0) + 1);
      for (const listener of [...listeners]) listener();
      return () => {
        const left = (shown.get(key) ?? 1) - 1;
        if (left > 0) shown.set(key, left);
        else shown.delete(key);
        for (const listener of [...listeners]) listener();
      };
    },
    isShown: (key) => shown.has(key),
    writing: () => [...shown.keys()].some((key) => drafts.has(key)),
    release() {
      const left = [...drafts.values()].filter((draft) => isOwn(draft.key) && isWritten(draft));
      tell(left.map((draft) => ({ ...draft, open: false })));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
