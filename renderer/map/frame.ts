import { type Map as MapLibreMap, Marker } from 'maplibre-gl';
import styles from './frame.module.css';

/** The frame around what is selected. */
export interface Frame {
  set(at: { lon: number; lat: number } | null): void;
  remove(): void;
}

/** A page element, so that the map need not repaint for it. */
export function createFrame(map: MapLibreMap): Frame {
  const frame = new Marker({ element: markElement(styles.frame), anchor: 'center' });
  let framed = false;
  return {
    set(at) {
      if (at) {
        frame.setLngLat([at.lon, at.lat]);
        if (!framed) frame.addTo(map);
      } else frame.remove();
      framed = at !== null;
    },
    remove: () => void frame.remove(),
  };
}

/** An element that a marker shows, and that says nothing: what it stands for is said elsewhere. */
export function markElement(className: string | undefined): HTMLElement {
  const node = document.createElement('div');
  if (className !== undefined) node.className = className;
  node.setAttribute('aria-hidden', 'true');
  return node;
}
