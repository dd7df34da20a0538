import { IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import { useShortcutList } from '../keys/KeysProvider.tsx';
import type { Shortcut } from '../keys/registry.ts';
import { Kbd } from '../ui/Kbd.tsx';
import styles from './Overlay.module.css';
import regionStyles from './Region.module.css';

/** Every key that works in this window now, by the region it works in. */
export function KeysSheet() {
  const open = useDesk((desk) => desk.keysSheet);
  return open ? <Sheet /> : null;
}

function Sheet() {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const { regions } = useFeatures();
  const shortcuts = useShortcutList();
  const list = useRef<HTMLElement>(null);
  const close = () => desk.getState().set({ keysSheet: false });
  // It is longer than the window: arrows scroll it.
  useEffect(() => list.current?.focus(), []);

  const groups = [{ id: undefined, title: 'keys:everywhere' }, ...regions]
    .map(({ id, title }) => ({
      title,
      rows: once(shortcuts.filter(({ unlisted, keys, scope }) => !unlisted && keys.length > 0 && scope === id)),
    }))
    .filter(({ rows }) => rows.length > 0);

  return (
    <div
      className={styles.sheet}
      role="dialog"
      aria-label={t('keys:title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === '?') {
          event.preventDefault();
          close();
        }
      }}
    >
      <header className={styles.sheetHead}>
        <h2>{t('keys:title')}</h2>
        <button type="button" className={regionStyles.iconButton} aria-label={t('common:action.close')} onClick={close}>
          <IconX size="1rem" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys */}
      <section ref={list} className={styles.sheetBody} aria-label={t('keys:title')} tabIndex={0}>
        {groups.map(({ title, rows }) => (
          <section key={title} className={styles.sheetGroup}>
            <h3>{t(title)}</h3>
            {rows.map((shortcut) => (
              <div key={shortcut.id} className={styles.sheetRow}>
                <span>{t(shortcut.label)}</span>
                <Kbd keys={shortcut.keys[0] ?? ''} />
              </div>
            ))}
          </section>
        ))}
      </section>
    </div>
  );
}

/** One row a label: the arrow that goes right stands for all four. */
function once(shortcuts: readonly Shortcut[]): Shortcut[] {
  const labels = new Set<string>();
  return shortcuts.filter((shortcut) => !labels.has(shortcut.label) && labels.add(shortcut.label));
}
