import { useEffect, useRef } from 'react';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useDesk, useDeskStore } from './DeskProvider.tsx';
import styles from './Refusals.module.css';
import { type Refusal, refusalsAt } from './refusals.ts';
import { useSubjectOf } from './useSubject.ts';
import { useSubjectName } from './words.ts';

/**
 * What was refused here, beside what it is about, until it is read.
 *
 * @param props.at the region or sheet that this stands in; null: the window, which has what no place in it shows
 */
export function Refusals({ at }: { at: string | null }) {
  const desk = useDeskStore();
  const refusals = useDesk((state) => state.refusals);
  const places = useDesk((state) => state.places);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (at === null) return;
    const put = (change: (places: Set<string>) => void) => {
      const next = new Set(desk.getState().places);
      change(next);
      desk.getState().set({ places: next });
    };
    put((next) => next.add(at));
    return () => put((next) => next.delete(at));
  }, [desk, at]);

  const here = refusalsAt(refusals, at, places);
  if (here.length === 0) return null;
  const read = (refusal: Refusal) => {
    // The button goes: the keys stay with the region that it stood in.
    box.current?.closest<HTMLElement>('[data-region]')?.focus();
    desk.getState().heed(refusal.key);
  };
  return (
    <div ref={box} className={styles.refusals} data-refusals={at ?? ''}>
      {here.map((refusal) => (
        <One key={refusal.key} refusal={refusal} onRead={() => read(refusal)} />
      ))}
    </div>
  );
}

function One({ refusal, onRead }: { refusal: Refusal; onRead: () => void }) {
  const name = useSubjectName()(useSubjectOf(refusal.about));
  return <ErrorNote error={refusal.why} about={name} onRead={onRead} />;
}
