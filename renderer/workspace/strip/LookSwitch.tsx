import { IconDeviceTv, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDesk, useDeskStore } from '../../desk/DeskProvider.tsx';
import type { Lang } from '../../ui/format.ts';
import { THEMES } from '../../ui/theme.ts';
import styles from './Strip.module.css';

const LANGUAGES: readonly (readonly [Lang, string])[] = [
  ['zh-CN', '中文'],
  ['en', 'English'],
];
const ICONS = { dark: IconMoon, light: IconSun, wall: IconDeviceTv };

/** Language and theme of this window; a press goes on to the next, so that no menu ever hangs over the alarms. */
export function LookSwitch() {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const lang = useDesk((state) => state.lang);
  const theme = useDesk((state) => state.theme);
  const ThemeIcon = ICONS[theme];
  const other: Lang = lang === 'en' ? 'zh-CN' : 'en';
  return (
    <span className={styles.look}>
      <button
        type="button"
        className={styles.chipButton}
        lang={other}
        aria-label={t('strip:language')}
        onClick={() => desk.getState().set({ lang: other })}
      >
        <IconLanguage size="1rem" stroke={1.6} aria-hidden="true" />
        <span className={styles.word}>{LANGUAGES.find(([code]) => code === other)?.[1]}</span>
      </button>
      <button
        type="button"
        className={styles.chipButton}
        aria-label={`${t('strip:theme.title')}: ${t(`strip:theme.${theme}`)}`}
        title={t('strip:theme.title')}
        onClick={() => desk.getState().set({ theme: THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'dark' })}
      >
        <ThemeIcon size="1rem" stroke={1.6} aria-hidden="true" />
        <span className={styles.word}>{t(`strip:theme.${theme}`)}</span>
      </button>
    </span>
  );
}
