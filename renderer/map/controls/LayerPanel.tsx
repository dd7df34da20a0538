import { IconCheck, IconChevronDown, IconChevronRight, IconStack2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import styles from '../map.module.css';
import type { LayerSwitch, VisibilityStore } from '../visibility.ts';

/** Layers to switch, and below them what their signs mean. */
export function LayerPanel(props: {
  store: VisibilityStore;
  switches: readonly LayerSwitch[];
  /** Whether the map is large enough for an open panel. */
  roomy: boolean;
  /** The legends. */
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const shown = useStore(props.store);
  const open = shown.panel ?? props.roomy;
  useShortcuts(
    props.switches.map(({ id, label }) => ({
      ...{ id: `map.layer-${id}`, keys: [], label: 'map:layers.switch', of: label },
      run: () => shown.toggleLayer(id),
    })),
  );

  return (
    <section className={`${styles.panel} ${styles.layers}`} aria-label={t('map:layers.title')}>
      <button type="button" className={styles.layersHead} aria-expanded={open} onClick={() => shown.setPanel(!open)}>
        <IconStack2 size="1rem" aria-hidden="true" />
        <span>{t('map:layers.title')}</span>
        {open ? <IconChevronDown size="1rem" /> : <IconChevronRight size="1rem" />}
      </button>
      {open && (
        <div className={styles.layersBody}>
          <div className={styles.layerGrid}>
            {props.switches.map(({ id, label }) => (
              <button
                key={id}
                type="button"
                role="switch"
                aria-checked={shown.layers[id]}
                className={styles.row}
                onClick={() => shown.toggleLayer(id)}
              >
                <span className={styles.tick} aria-hidden="true">
                  {shown.layers[id] && <IconCheck size="0.75rem" stroke={3} />}
                </span>
                <span className={styles.label}>{t(label)}</span>
              </button>
            ))}
          </div>
          {props.children}
        </div>
      )}
    </section>
  );
}
