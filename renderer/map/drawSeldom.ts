import type { Map as MapLibreMap } from 'maplibre-gl';

/** The pace of the map, as far as it is needed here. */
interface DrawnPace {
  /** Ms until the card is free for a frame; 0: now. */
  readonly wait: number;
  /** Whether the last frame was drawn. */
  drew: boolean;
}

/**
 * While a map is put together MapLibre wants a frame for each tile that comes, and draws all that is there each time: on a PC without
 * a graphics card half a second of both cores, which its workers and the page then lack. The frames go on, for they ask for tiles and
 * place names; they are drawn as often as the card can, and when all is there.
 *
 * @returns takes back what it still waits for
 */
export function drawSeldom(map: MapLibreMap, pace: DrawnPace): () => void {
  let later: ReturnType<typeof setTimeout> | null = null;
  // A canvas of another size is empty.
  let emptied = false;
  const thin = () => {
    const { painter } = map;
    const render = painter.render.bind(painter);
    painter.render = (...frame) => {
      const wait = emptied || map.loaded() || map.isMoving() ? 0 : pace.wait;
      emptied = false;
      pace.drew = wait <= 0;
      if (pace.drew) {
        render(...frame);
        return;
      }
      // What is there by then is shown, also when nothing more comes.
      later ??= setTimeout(() => {
        later = null;
        map.triggerRepaint();
      }, wait);
    };
  };
  thin();
  map.on('resize', () => {
    emptied = true;
  });
  // A card that was lost comes back with another painter.
  map.on('webglcontextrestored', thin);
  return () => {
    if (later !== null) clearTimeout(later);
  };
}
