import { useTranslation } from 'react-i18next';
import { useLang } from '../i18n/index.ts';
import styles from './Age.module.css';
import { age, countdown, dateTime } from './format.ts';
import { useNow, useSaidOfNow } from './ticker.tsx';

/** How long ago something was, ticking. Hatched once it is older than `staleAfterMs`. */
export function Age({ since, staleAfterMs }: { since: number; staleAfterMs?: number }) {
  const { lang } = useLang();
  const said = useSaidOfNow((now) => age(now - since, lang));
  const old = useSaidOfNow((now) => staleAfterMs !== undefined && now - since > staleAfterMs);
  return (
    <time
      className={styles.age}
      data-stale={old || undefined}
      dateTime={new Date(since).toISOString()}
      title={dateTime(since)}
    >
      {said}
    </time>
  );
}

/** Time left until a deadline, counting on below zero once it has gone by; with words for either where there is room. */
export function Countdown({ until, words }: { until: number; words?: { left: string; late: string } }) {
  const now = useNow();
  const { t } = useTranslation();
  const left = until - now;
  return (
    <span
      className={styles.countdown}
      data-late={left < 0 || undefined}
      title={t('common:time.due', { at: dateTime(until) })}
    >
      {words && <span>{left < 0 ? words.late : words.left} </span>}
      {countdown(left)}
    </span>
  );
}
