import { type Map as MapLibreMap, Marker } from 'maplibre-gl';
import type { AlarmView } from '../../../../contract/features/alarms.ts';
import { markElement } from '../../../map/frame.ts';
import { standingAlarms } from './alarmPoints.ts';
import styles from './Pulses.module.css';

/** As many alarms pulse at once; a storm of alarms pulses at its worst, and the rest stand still. */
const MOST_PULSES = 40;

/** Rings that pulse around alarms nobody has acknowledged. */
export interface Pulses {
  set(alarms: Iterable<AlarmView>): void;
  remove(): void;
}

/**
 * Rings are page elements that the browser animates by itself: the map need not repaint for a pulse, and a person who
 * asked for less motion gets a still ring.
 */
export function createPulses(map: MapLibreMap): Pulses {
  const pulses = new Map<string, Marker>();
  return {
    set(alarms) {
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
          const ring = markElement(styles.pulse);
          ring.append(markElement(styles.ring), markElement(styles.ring));
          marker = new Marker({ element: ring, anchor: 'center' });
          pulses.set(id, marker);
        }
        marker.getElement().dataset.level = String(alarm.level);
        marker.setLngLat([alarm.place.lon, alarm.place.lat]).addTo(map);
      }
    },
    remove() {
      for (const marker of pulses.values()) marker.remove();
      pulses.clear();
    },
  };
}
