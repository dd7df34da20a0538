import { IconCircleDot, IconMinus, IconPlus, IconPolygon, IconRulerMeasure, IconZoomScan } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import styles from '../map.module.css';
import type { MeasureMode } from '../measure/measure.ts';

/** Zoom, whole city, and the ways to measure. */
export function MapTools(props: {
  onZoom: (by: 1 | -1) => void;
  onFit: () => void;
  mode: MeasureMode | null;
  onMeasure: (mode: MeasureMode | null) => void;
}) {
  const { t } = useTranslation();
  const measure = (mode: MeasureMode) => props.onMeasure(props.mode === mode ? null : mode);
  useShortcuts([
    { id: 'map.fit', keys: [], label: 'map:tools.fit', run: props.onFit },
    { id: 'map.distance', keys: [], label: 'map:tools.distance', run: () => measure('distance') },
    { id: 'map.area', keys: [], label: 'map:tools.area', run: () => measure('area') },
    { id: 'map.radius', keys: [], label: 'map:tools.radius', run: () => measure('radius') },
  ]);
  return (
    <div className={styles.topRight}>
      <div className={`${styles.panel} ${styles.tools}`} role="toolbar" aria-label={t('map:tools.view')}>
        <Tool label={t('map:tools.zoomIn')} onClick={() => props.onZoom(1)}>
          <IconPlus size="1.0625rem" />
        </Tool>
        <Tool label={t('map:tools.zoomOut')} onClick={() => props.onZoom(-1)}>
          <IconMinus size="1.0625rem" />
        </Tool>
        <Tool label={t('map:tools.fit')} onClick={props.onFit}>
          <IconZoomScan size="1.0625rem" />
        </Tool>
      </div>
      <div className={`${styles.panel} ${styles.tools}`} role="toolbar" aria-label={t('map:tools.measure')}>
        <Tool label={t('map:tools.distance')} pressed={props.mode === 'distance'} onClick={() => measure('distance')}>
          <IconRulerMeasure size="1.0625rem" />
        </Tool>
        <Tool label={t('map:tools.area')} pressed={props.mode === 'area'} onClick={() => measure('area')}>
          <IconPolygon size="1.0625rem" />
        </Tool>
        <Tool label={t('map:tools.radius')} pressed={props.mode === 'radius'} onClick={() => measure('radius')}>
          <IconCircleDot size="1.0625rem" />
        </Tool>
      </div>
    </div>
  );
}

function Tool(props: { label: string; pressed?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      className={styles.tool}
      aria-label={props.label}
      aria-pressed={props.pressed}
      title={props.label}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}
