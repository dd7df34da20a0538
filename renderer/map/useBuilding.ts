import { useEffect, useState } from 'react';
import type { Scene } from './scene.ts';

/** Whether the map is still being drawn for the first time, or anew after the card was lost: until then there may be nothing to see. */
export function useBuilding(scene: Scene | null): boolean {
  const [building, setBuilding] = useState(true);
  useEffect(() => {
    setBuilding(true);
    if (!scene) return;
    const { map } = scene;
    const begun = map.on('styledataloading', () => setBuilding(true));
    const forget = scene.onSeen((whole) => {
      if (whole) setBuilding(false);
    });
    return () => {
      begun.unsubscribe();
      forget();
    };
  }, [scene]);
  return building;
}
