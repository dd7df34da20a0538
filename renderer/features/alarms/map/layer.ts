import { IconAlertTriangle } from '@tabler/icons-react';
import type { MapLayer } from '../../../map/layer.ts';
import { alarmSymbols } from './symbols.ts';
import { useAlarms } from './useAlarms.tsx';

/** Alarms that stand; those near each other as one mark with their number. Nobody can switch them off. */
export const alarmLayer: MapLayer = {
  id: 'alarms',
  order: 900,
  marks: { group: null, symbols: alarmSymbols },
  hits: { order: 1, kind: 'alarm' },
  finds: [{ kind: 'alarm', order: 2, label: 'alarms:map.alarm', icon: IconAlertTriangle, zoom: 15, selects: 'alarm' }],
  useLayer: useAlarms,
};
