import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_INCIDENTS } from '../../../../contract/features/incidents.ts';
import type { Box } from '../../../../contract/schema/box.ts';
import { useQuery } from '../../../bridge/index.ts';
import { useIncident, useIncidentsByName, useWhich } from '../../../desk/incidents.ts';
import { useRun } from '../../../desk/runs.ts';
import { WhichIncident } from '../../../desk/WhichIncident.tsx';
import { useWhatAndWhere } from '../../../desk/words.ts';
import { MapNote } from '../../../map/controls/MapNote.tsx';
import type { LayerScene, MapView, OnMap } from '../../../map/layer.ts';
import { boxToAsk } from './box.ts';
import { concernAreas, incidentMarks } from './incidentMarks.ts';

/**
 * Puts the open incidents of what the map shows onto it, the worst when they are too many for it. Says, in that case, how many are on it
 * and of how many, and when the hall could not read them: what is on the map may not be what is so.
 */
export function useIncidents({ scene, say, selection, searched, typed }: MapView): OnMap {
  const { t } = useTranslation();
  const bounds = useBox(scene);
  const asked = bounds && ({ state: 'open', order: 'level', limit: MOST_INCIDENTS, bounds } as const);
  const { rows, total, more, error } = useQuery('incidents.list', asked);
  useEffect(() => {
    if (!scene || rows === null) return;
    const marks = incidentMarks(rows, say);
    const { remove } = scene.ink('incidents', { at: () => marks });
    scene.setNews('oh-concern', () => concernAreas(rows));
    return remove;
  }, [scene, rows, say]);

  const named = useIncidentsByName(typed, searched);
  const found = useMemo(
    () =>
      named.map(({ id, title, place }) => ({
        ...{ kind: 'incident', id, at: place },
        ...{ zh: `${place.name.zh} · ${title.zh}`, en: `${place.name.en} · ${title.en}` },
      })),
    [named],
  );

  return {
    notes: (
      <>
        <Concerned selection={selection} />
        {error !== null && <MapNote stale>{t('incidents:map.unread')}</MapNote>}
        {rows !== null && more !== null && (
          <MapNote>
            {t('incidents:map.too-many', { shown: rows.length, of: `${total.count}${total.exact ? '' : '+'}` })}
          </MapNote>
        )}
      </>
    ),
    found,
    placeOf: usePlaceOf(selection),
  };
}

/** Where more than one incident is open: which of them the rest of the screen speaks of. */
function Concerned({ selection }: Pick<MapView, 'selection'>) {
  const whatAndWhere = useWhatAndWhere();
  const run = useRun(selection?.kind === 'run' ? selection.id : null);
  const incident = useIncident(run?.incident ?? (selection?.kind === 'incident' ? selection.id : null));
  const which = useWhich(incident?.id);
  return (
    incident &&
    which && (
      <MapNote>
        {whatAndWhere(incident)} <WhichIncident id={incident.id} />
      </MapNote>
    )
  );
}

/** Where the incident is that is selected, or that the selected run is for. */
function usePlaceOf(selection: MapView['selection']): NonNullable<OnMap['placeOf']> {
  const run = useRun(selection?.kind === 'run' ? selection.id : null);
  const incident = useIncident(run?.incident ?? (selection?.kind === 'incident' ? selection.id : null));
  const known = incident?.id;
  const [ran, runFor] = [run?.id, run?.incident];
  const { lon, lat } = incident?.place ?? { lon: 0, lat: 0 };
  return useCallback(
    ({ kind, id }) => {
      if (known === undefined) return null;
      const its = kind === 'incident' ? id === known : kind === 'run' && id === ran && runFor === known;
      return its ? { lon, lat } : null;
    },
    [known, lon, lat, ran, runFor],
  );
}

/** What is asked for of what the map shows; the same object until that is another. */
function useBox(scene: LayerScene | null): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    if (!scene) return;
    const look = () => {
      const shown = scene.map.getBounds();
      const next = boxToAsk({
        ...{ west: shown.getWest(), south: shown.getSouth(), east: shown.getEast(), north: shown.getNorth() },
      });
      setBox((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    look();
    const moved = scene.map.on('moveend', look);
    return () => moved.unsubscribe();
  }, [scene]);
  return box;
}
