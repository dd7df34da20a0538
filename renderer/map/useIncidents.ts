import { useEffect, useState } from 'react';
import { MOST_INCIDENTS } from '../../contract/features/incidents.ts';
import type { Box } from '../../contract/schema/box.ts';
import { useQuery } from '../bridge/index.ts';
import { boxToAsk } from './box.ts';
import { concernAreas, incidentPoints, type Say } from './overlays/collections.ts';
import type { Scene } from './scene.ts';

/**
 * Puts the open incidents of what the map shows onto it, the worst when they are too many for it. Answers, in that case, how many are on it
 * and of how many (`exact` false, there are more), and whether the hall could not read them: what is on the map may not be what is so.
 */
export function useIncidents(
  scene: Scene | null,
  say: Say,
): { tooMany: { shown: number; of: number; exact: boolean } | null; unread: boolean } {
  const bounds = useBox(scene);
  const asked = bounds && ({ state: 'open', order: 'level', limit: MOST_INCIDENTS, bounds } as const);
  const { rows, total, more, error } = useQuery('incidents.list', asked);
  useEffect(() => {
    if (!scene || rows === null) return;
    scene.setData('oh-incidents', incidentPoints(rows, say));
    scene.setData('oh-concern', concernAreas(rows));
  }, [scene, rows, say]);
  const tooMany = rows !== null && more !== null ? { shown: rows.length, of: total.count, exact: total.exact } : null;
  return { tooMany, unread: error !== null };
}

/** What is asked for of what the map shows; the same object until that is another. */
function useBox(scene: Scene | null): Box | null {
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
