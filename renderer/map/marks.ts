import { type Map as MapLibreMap, Marker } from 'maplibre-gl';
import type { AlarmView } from '../../contract/features/alarms.ts';
import styles from './map.module.css';
import { standingAlarms } from './overlays/collections.ts';

/** As many alarms pulse at once; a storm of alarms pulses at its worst, and the rest stand still. */
const MOST_PULSES = 40;

/** Rings that pulse around alarms nobody has acknowledged, and the frame around what is selected. */
export interface Marks {
  setAlarms(alarms: Iterable<AlarmView>): void;
  setFrame(at: { lon: number; lat: number } | null): void;
  remove(): void;
}

/**
 * Marks are page elements that the browser animates by itself: the map need not repaint for a pulse, and a person who
 * asked for less motion gets a still ring.
 */
export function createMarks(map: MapLibreMap): Marks {
  const pulses = new Map<string, Marker>();
  const frame = new Marker({ element: element(styles.frame), anchor: 'center' });
  let framed = false;

  return {
    setAlarms(alarms) {
      const wanted = new Map(
        standingAlarms(alarms)
          .filter((alarm) => alarm.state === 'unacknowledged')
          .reverse()
          .slice(0, MOST_PULSES)
          .map((alarm) => [alarm.id, alarm]),
      );
      for (const [id, marker] of pulses) {
        if (wanted.has(id)) continue;
        marker.remove();
        pulses.delete(id);
      }
      for (const [id, alarm] of wanted) {
        let marker = pulses.get(id);
        if (!marker) {
          const ring = element(styles.pulse);
          ring.append(element(styles.ring), element(styles.ring));
          marker = new Marker({ element: ring, anchor: 'center' });
          pulses.set(id, marker);
        }
        marker.getElement().dataset.level = String(alarm.level);
        marker.setLngLat([alarm.place.lon, alarm.place.lat]).addTo(map);
      }
    },
    setFrame(at) {
      if (at) {
        frame.setLngLat([at.lon, at.lat]);
        if (!framed) frame.addTo(map);
      } else frame.remove();
      framed = at !== null;
    },
    remove() {
      for (const marker of pulses.values()) marker.remove();
      pulses.clear();
      frame.remove();
    },
  };
}

function element(className: string | undefined): HTMLElement {
  const node = document.createElement('div');
  if (className !== undefined) node.className = className;
  node.setAttribute('aria-hidden', 'true');
  return node;
}
