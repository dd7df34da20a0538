import type { Level } from '../../core/words.ts';
import type { Domain } from '../domain/domain.ts';

/**
 * Tells the level a sensor's value stands at: the worst of its alarms that are up. At once for every sensor that has an alarm, so
 * that a hall that was restarted shows what it showed before, then whenever one changes.
 */
export function followSensorLevels(
  domain: Pick<Domain, 'alarm' | 'alarms' | 'onChange'>,
  tell: (sensor: string, level: Level | null) => void,
): void {
  const worst = (sensor: string): Level | null => {
    let level: Level | null = null;
    for (const [, alarm] of domain.alarms()) {
      const up = alarm.state === 'unacknowledged' || alarm.state === 'acknowledged';
      if (alarm.source.id === sensor && up && (level === null || alarm.level < level)) level = alarm.level;
    }
    return level;
  };
  const tellOf = (subjects: Iterable<string>): void => {
    const sensors = new Set<string>();
    for (const subject of subjects) if (subject.startsWith('alarm:')) sensors.add(domain.alarm(subject).source.id);
    for (const sensor of sensors) tell(sensor, worst(sensor));
  };
  tellOf([...domain.alarms()].map(([id]) => id));
  domain.onChange(tellOf);
}
