import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { UnitStatus } from '../../../../core/units/unit.ts';
import { useBridge } from '../../../bridge/index.ts';
import { useDirectory } from '../../../desk/hallData.tsx';
import { useDepartmentName } from '../../../desk/words.ts';
import { useLang } from '../../../i18n/index.ts';
import { MapNote } from '../../../map/controls/MapNote.tsx';
import type { MapView, OnMap } from '../../../map/layer.ts';
import { useSeldom } from '../../../map/useSeldom.ts';
import { age } from '../../../ui/format.ts';
import { UnitsLegend } from './Legend.tsx';
import { createUnits, type UnitsOnMap } from './unitsOnMap.ts';
import { useFollowed } from './useFollowed.ts';
import { useTrail } from './useTrail.ts';

/** Without a frame for this long, a note says how old the positions are. */
const SILENT_MS = 3000;

/** Puts the units onto the map, past React: frame by frame as they come; only silence makes it render. */
export function useUnits(view: MapView): OnMap {
  const { scene, visibility } = view;
  const { t } = useTranslation();
  const { lang } = useLang();
  const bridge = useBridge();
  const departmentName = useDepartmentName();
  const [failed, setFailed] = useState(false);
  const units = useMemo(() => scene && createUnits(scene.now, (ok) => setFailed(!ok)), [scene]);
  const entries = useDirectory().units;
  const directory = useMemo(() => [...entries.values()], [entries]);
  const [hiddenDepartments, toggleDepartment] = useHidden<string>();
  const [hiddenStatuses, toggleStatus] = useHidden<UnitStatus>();
  const shown = useStore(visibility, ({ layers }) => layers.units === true);
  const silence = useReports(scene, units, directory);
  const every = useSeldom(scene);
  const unitAt = useCallback((unit: string) => units?.placeOf(unit) ?? null, [units]);
  const followed = useFollowed(view, unitAt);
  useTrail(view);

  useEffect(() => (scene && units ? scene.draw('units', units) : undefined), [scene, units]);

  useEffect(() => {
    if (!units) return;
    return bridge.bulk('units', every > 0 ? { every } : {}, (payload) => {
      try {
        units.accept(payload);
      } catch (fault) {
        // A frame that is not one is dropped; who was in it is told of again within seconds.
        console.error('units frame refused', fault);
      }
    });
  }, [bridge, units, every]);

  useEffect(() => units?.hide(hiddenDepartments, hiddenStatuses), [units, hiddenDepartments, hiddenStatuses]);

  return {
    notes: (
      <>
        {followed !== null && (
          <MapNote>{t('units:following', { name: entries.get(followed)?.callSign ?? followed })}</MapNote>
        )}
        {silence !== null && <MapNote stale>{t('units:map.positions-old', { age: age(silence, lang) })}</MapNote>}
        {failed && <MapNote>{t('units:map.cannot-draw')}</MapNote>}
      </>
    ),
    legend: shown && units && (
      <UnitsLegend
        track={units.track}
        directory={directory}
        departmentName={departmentName}
        hiddenDepartments={hiddenDepartments}
        hiddenStatuses={hiddenStatuses}
        onDepartment={toggleDepartment}
        onStatus={toggleStatus}
      />
    ),
    tip: ({ properties: { department, status, age: old } }) => [
      departmentName(String(department)),
      t(`units:status.${status}`),
      t('units:map.ago', { age: age(Number(old) * 1000, lang) }),
    ],
    // biome-ignore lint/correctness/useExhaustiveDependencies: the directory may come after the selection, and with it the unit
    placeOf: useCallback(({ kind, id }) => (kind === 'unit' ? unitAt(id) : null), [unitAt, directory]),
    things: () =>
      directory.map(({ id, callSign }) => ({ ...{ kind: 'unit', id, zh: callSign, en: callSign, at: null } })),
  };
}

/** What a person has hidden, and how to hide a thing or show it again. */
function useHidden<T>(): [ReadonlySet<T>, (item: T) => void] {
  const [hidden, setHidden] = useState<ReadonlySet<T>>(new Set());
  const toggle = useCallback(
    (item: T) =>
      setHidden((before) => {
        const next = new Set(before);
        if (!next.delete(item)) next.add(item);
        return next;
      }),
    [],
  );
  return [hidden, toggle];
}

/** Tells the map who the units are. For how many ms nothing has been heard of any; null: it has. */
function useReports(
  scene: MapView['scene'],
  units: UnitsOnMap | null,
  directory: Parameters<UnitsOnMap['setDirectory']>[0],
): number | null {
  const [silence, setSilence] = useState<number | null>(null);
  useEffect(() => {
    if (!scene || !units) return;
    units.setDirectory(directory);
    const { track } = units;
    const watch = setInterval(() => {
      const { receivedAt } = track;
      const since = receivedAt === null ? 0 : scene.now() - receivedAt;
      setSilence(since > SILENT_MS ? since : null);
    }, 1000);
    return () => clearInterval(watch);
  }, [scene, units, directory]);
  return silence;
}
