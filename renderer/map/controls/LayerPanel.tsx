import { IconCheck, IconChevronDown, IconChevronRight, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { UNIT_STATUSES } from '../../../core/units/unit.ts';
import styles from '../map.module.css';
import type { DepartmentCount } from '../units/roster.ts';
import { MAP_LAYERS, type VisibilityStore } from '../visibility.ts';
import { DepartmentSignIcon, StatusSample } from './signs.tsx';
import { type DepartmentNames, useDepartmentName } from './words.ts';

/** Layers to switch, and what the units' signs mean with how many of each are out. */
export function LayerPanel(props: {
  store: VisibilityStore;
  counts: readonly DepartmentCount[];
  names: DepartmentNames;
  /** Whether the map is large enough for an open panel. */
  roomy: boolean;
}) {
  const { t } = useTranslation();
  const departmentName = useDepartmentName(props.names);
  const shown = useStore(props.store);
  const open = shown.panel ?? props.roomy;
  const total = props.counts.reduce((sum, row) => sum + row.total, 0);
  const most = Math.max(1, ...props.counts.map((row) => row.total));

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
            {MAP_LAYERS.map((layer) => (
              <button
                key={layer}
                type="button"
                role="switch"
                aria-checked={shown.layers[layer]}
                className={styles.row}
                onClick={() => shown.toggleLayer(layer)}
              >
                <span className={styles.tick} aria-hidden="true">
                  {shown.layers[layer] && <IconCheck size="0.75rem" stroke={3} />}
                </span>
                <span className={styles.label}>{t(`map:layers.${layer}`)}</span>
              </button>
            ))}
          </div>
          {shown.layers.units && (
            <>
              <h3 className={styles.section}>{t('map:legend.status')}</h3>
              <div className={styles.layerGrid}>
                {UNIT_STATUSES.map((status, i) => (
                  <button
                    key={status}
                    type="button"
                    className={styles.row}
                    aria-pressed={!shown.hiddenStatuses.has(status)}
                    onClick={() => shown.toggleStatus(status)}
                  >
                    <StatusSample status={status} />
                    <span className={styles.label}>{t(`map:status.${status}`)}</span>
                    <span className={styles.count}>
                      {props.counts.reduce((sum, row) => sum + (row.byStatus[i] ?? 0), 0)}
                    </span>
                  </button>
                ))}
                <div className={styles.row}>
                  <StatusSample status="stale" />
                  <span className={styles.label}>{t('map:status.stale')}</span>
                </div>
              </div>
              <h3 className={styles.section}>{t('map:legend.departments', { total })}</h3>
              {props.counts.map((row) => (
                <button
                  key={row.department}
                  type="button"
                  className={styles.row}
                  aria-pressed={!shown.hiddenDepartments.has(row.department)}
                  onClick={() => shown.toggleDepartment(row.department)}
                >
                  <DepartmentSignIcon department={row.department} />
                  <span className={styles.label}>{departmentName(row.department)}</span>
                  <span className={styles.bar} aria-hidden="true">
                    <span style={{ width: `${(100 * row.total) / most}%` }} />
                  </span>
                  <span className={styles.count}>{row.total}</span>
                </button>
              ))}
            </>
          )}
        </div>
      )}
    </section>
  );
}
