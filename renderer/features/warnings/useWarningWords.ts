import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WarningRow } from '../../../contract/features/warnings.ts';
import type { Text } from '../../../contract/schema/basics.ts';
import { useLang } from '../../i18n/index.ts';
import { age } from '../../ui/format.ts';

/** A warning in the window's words. */
export interface WarningWords {
  titleOf(warning: Pick<WarningRow, 'title' | 'area'>): string;
  /** When it begins or ends, or how it ended, `now` being the hall's time. */
  timeOf(warning: WarningRow, now: number): string;
  /** What the message says in the window's language; else in the one that it is in, which is named for whoever reads it aloud. */
  proseOf(text: Text): { readonly words: string; readonly foreign: 'zh-CN' | 'en' | null };
}

export function useWarningWords(): WarningWords {
  const { t } = useTranslation();
  const { lang, text } = useLang();
  return useMemo(
    () => ({
      titleOf({ title, area }) {
        const [what, where] = [text(title), text(area)];
        return where === '' || what.includes(where) ? what : t('common:what-where', { where, what });
      },
      timeOf({ state, endedAt, onset, until, assumed }, now) {
        if (state !== 'holds') return t(`warnings:ended.${state}`, { age: age(now - (endedAt ?? now), lang) });
        const left = age(until - now, lang);
        const ends = t(assumed ? 'warnings:until-assumed' : 'warnings:until', { left });
        return onset !== null && onset > now
          ? `${t('warnings:from-on', { left: age(onset - now, lang) })} · ${ends}`
          : ends;
      },
      proseOf(said) {
        const [mine, other] = lang === 'en' ? [said.en, said.zh] : [said.zh, said.en];
        if (mine !== '' || other === '') return { words: mine, foreign: null };
        return { words: other, foreign: lang === 'en' ? 'zh-CN' : 'en' };
      },
    }),
    [t, lang, text],
  );
}
