import { useEffect, useRef, useState } from 'react';
import styles from './SaidAtOnce.module.css';

/** Something to say once, by what tells it from others. */
export interface ToSay {
  readonly key: string;
  readonly words: string;
}

/** Says what is new among these to a screen reader, at once and whatever it reads. */
export function SaidAtOnce({ things }: { things: readonly ToSay[] }) {
  const said = useRef(new Set<string>());
  const [words, setWords] = useState('');
  useEffect(() => {
    const fresh = things.filter(({ key }) => !said.current.has(key));
    if (fresh.length === 0) return;
    for (const { key } of fresh) said.current.add(key);
    setWords(fresh.map((each) => each.words).join(' '));
  }, [things]);
  return (
    <div className={styles.unseen} role="alert">
      {words}
    </div>
  );
}
