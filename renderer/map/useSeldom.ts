import { useEffect, useState } from 'react';
import { SELDOM_MS } from '../../contract/schema/seldom.ts';
import type { LayerScene } from './layer.ts';

/**
 * How often it is enough to hear of what moves or changes on a map, ms: {@link SELDOM_MS} where nobody works in the window and its card is
 * slow, so that it is drawn more seldom than that; else 0, as it comes.
 */
export function useSeldom(scene: LayerScene | null): number {
  const [seldom, setSeldom] = useState(false);
  useEffect(() => {
    if (!scene) return;
    const look = () => setSeldom(scene.rest() >= SELDOM_MS);
    const watch = setInterval(look, 1000);
    addEventListener('focus', look);
    return () => {
      clearInterval(watch);
      removeEventListener('focus', look);
    };
  }, [scene]);
  return seldom ? SELDOM_MS : 0;
}
