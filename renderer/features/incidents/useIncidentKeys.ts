import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../../bridge/index.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useOpenIncidents } from '../../desk/incidents.ts';
import { useMay } from '../../desk/rights.ts';
import { incidentIdOf } from '../../desk/subject.ts';
import { sourcesOf, useSubject } from '../../desk/useSubject.ts';
import type { Shortcut } from '../../keys/registry.ts';
import { stepFrom } from './lines.ts';
import { type Deeds, useDeeds } from './useDeeds.ts';
import { useNewIncident } from './useNewIncident.ts';
import { useOpenIncident } from './useOpenIncident.ts';

/** Selects the next open incident, or the one before: plan, detail, map and video go with the selection. */
export function useGoToIncident(): (by: 1 | -1) => void {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const bridge = useBridge();
  const open = useOpenIncidents();
  return useCallback(
    (by) => {
      const sources = sourcesOf(bridge, new Map());
      const to = stepFrom(open, incidentIdOf(desk.getState().selection, sources), by);
      if (to === null) return desk.getState().say(t('incidents:list.empty'));
      desk.getState().select({ kind: 'incident', id: to.id, at: { lon: to.place.lon, lat: to.place.lat } });
    },
    [t, desk, bridge, open],
  );
}

/** One key does what of a pair can be done: merge or split, take in hand or open again. */
const KEYS: readonly (readonly [keyof Deeds, string])[] = [
  ['join', 'j'],
  ['merge', 'm'],
  ['split', 'm'],
  ['take', 'o'],
  ['reopen', 'o'],
];

/** The keys for incidents that work everywhere. */
export function useIncidentKeys(): readonly Shortcut[] {
  const open = useOpenIncident();
  const go = useGoToIncident();
  const may = useMay();
  const tell = useNewIncident();
  const deeds = useDeeds(useSubject());
  const keys: Shortcut[] = [
    {
      ...{ id: 'incidents.next', keys: ['ctrl+arrowdown'], label: 'incidents:key.next', whileTyping: true },
      run: () => go(1),
    },
    {
      ...{ id: 'incidents.previous', keys: ['ctrl+arrowup'], label: 'incidents:key.previous', whileTyping: true },
      run: () => go(-1),
    },
  ];
  if (!may.call('incidents.open')) return keys;
  return [
    ...keys,
    { id: 'open', keys: ['enter'], label: 'incidents:key.open', run: () => void open() },
    { id: 'incidents.new', keys: ['n'], label: 'incidents:key.new', run: tell },
    ...KEYS.map(([deed, key]) => ({
      ...{ id: `incidents.${deed}`, keys: [key], label: `incidents:key.${deed}` },
      enabled: () => deeds[deed].may,
      run: () => deeds[deed].run(),
    })),
  ];
}
