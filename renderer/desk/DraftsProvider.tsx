import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import { type Draft, type Drafts, draftKey } from './drafts.ts';

const DraftsContext = createContext<Drafts | null>(null);

/** Gives the window's drafts to everything below; above whatever comes and goes with the hall. */
export function DraftsProvider({ drafts, children }: { drafts: Drafts; children: ReactNode }) {
  return <DraftsContext value={drafts}>{children}</DraftsContext>;
}

/** @throws Error outside a DraftsProvider */
export function useDrafts(): Drafts {
  const drafts = useContext(DraftsContext);
  if (drafts === null) throw new Error('drafts need a <DraftsProvider> above them');
  return drafts;
}

/** Every draft of the window. */
export function useDraftList(): readonly Draft[] {
  const drafts = useDrafts();
  return useSyncExternalStore(drafts.subscribe, drafts.list);
}

/** One form of a thing: whether it stands open and what was written in it, whatever has come and gone since. */
export interface Form {
  readonly key: string;
  readonly about: string;
  readonly text: string;
  readonly open: boolean;
  show(): void;
  /** Leaves the form; the text stays for the next time. */
  leave(): void;
  write(text: string): void;
  /** The hall has taken this text; what was written since is kept. */
  sent(text: string): void;
}

/**
 * @param subject what the form is about, by id
 * @param field which form of it
 * @param about the same in words, shown where the form itself cannot be
 */
export function useForm(subject: string, field: string, about: string): Form {
  const drafts = useDrafts();
  const key = draftKey(subject, field);
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.get(key));
  return useMemo(
    () => ({
      key,
      about,
      text: draft?.text ?? '',
      open: draft?.open ?? false,
      show: () => drafts.open(key, about),
      leave: () => drafts.leave(key),
      write: (text) => drafts.write(key, about, text),
      sent: (text) => (drafts.get(key)?.text.trim() === text ? drafts.clear(key) : drafts.leave(key)),
    }),
    [drafts, key, about, draft],
  );
}
