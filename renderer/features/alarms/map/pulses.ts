import { type Map as MapLibreMap, Marker } from 'maplibre-gl';
import { markElement } from '../../../map/frame.ts';
import type { Mark } from '../../../map/ink/mark.ts';
import { isLookedAt } from '../../../map/lookedAt.ts';
import { newMarks } from './marks.ts';
import styles from './Pulses.module.css';

/** Rings around marks. */
export interface Pulses {
  /** @param drawn all marks of alarms that are on the map */
  show(drawn: readonly Mark[]): void;
  stop(): void;
}

/** As many marks pulse at once; a storm of alarms pulses at its worst, and the rest stand still. */
const MOST_PULSES = 40;

/**
 * Lets a ring pulse around each mark of alarms that nobody has acknowledged, as the map draws them: around one that stands for several
 * too. Rings are page elements, so that the map need not repaint for a pulse. They move in steps, all in the same, a few a second; in a
 * window without the focus, and for a person who asked for less motion, they stand still: a desk at rest draws nothing. A wall never has the
 * focus, and is looked at all the same.
 */
export function createPulses(map: MapLibreMap): Pulses {
  const pulses = new Map<string, Marker>();
  let pulsing = '';

  const show = (drawn: readonly Mark[]) => {
    const marks = newMarks(drawn).slice(0, MOST_PULSES);
    const looks = JSON.stringify(marks);
    if (looks === pulsing) return;
    pulsing = looks;
    const wanted = new Set(marks.map(({ key }) => key));
    for (const [key, marker] of pulses) {
      if (wanted.has(key)) continue;
      marker.remove();
      pulses.delete(key);
    }
    const more: Marker[] = [];
    for (const { key, at, level, alarms } of marks) {
      const marker = pulses.get(key) ?? new Marker({ element: rings(), anchor: 'center' });
      Object.assign(marker.getElement().dataset, { level: String(level), alarms: String(alarms), mark: key });
      marker.setLngLat([at.lon, at.lat]);
      if (pulses.has(key)) continue;
      pulses.set(key, marker);
      marker.addTo(map);
      more.push(marker);
    }
    keepStep(more);
  };
  /** One rhythm for all: rings that step at different times would have the window drawn as often. */
  const keepStep = (some: Iterable<Marker>) => {
    for (const marker of some) {
      for (const animation of marker.getElement().getAnimations({ subtree: true })) animation.startTime = 0;
    }
  };
  const rest = () => {
    const looked = isLookedAt(map.getContainer());
    map.getContainer().toggleAttribute('data-resting', !looked);
    keepStep(pulses.values());
  };
  window.addEventListener('focus', rest);
  window.addEventListener('blur', rest);
  rest();
  return {
    show,
    stop() {
      window.removeEventListener('focus', rest);
      window.removeEventListener('blur', rest);
      for (const marker of pulses.values()) marker.remove();
    },
  };
}

function rings(): HTMLElement {
  const element = markElement(styles.pulse);
  element.append(markElement(styles.ring), markElement(styles.ring));
  return element;
}
