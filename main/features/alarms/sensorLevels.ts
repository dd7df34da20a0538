import { alarmAggregate, isUp } from '../../../core/alarms/alarm.ts';
import type { Level } from '../../../core/words.ts';
import type { Domain } from '../../domain/domain.ts';

/**
 * Tells the level a sensor's value stands at: the worst of its alarms that are up. At once for every sensor that has an alarm in the queue, so
 * that a hall that was restarted shows what it showed before, then whenever one changes.
 */
export function followSensorLevels(
  domain: Pick<Domain, 'of' | 'onChange'>,
  tell: (sensor: string, level: Level | null) => void,
): void {
  const alarms = domain.of(alarmAggregate);
  /** Of each sensor: its alarms that are up. */
  const up = new Map<string, Map<string, Level>>();

  const note = (subject: string): string | null => {
    const alarm = alarms.get(subject);
    if (alarm.source.kind !== 'sensor') return null;
    const sensor = alarm.source.id;
    const levels = up.get(sensor) ?? new Map<string, Level>();
    if (isUp(alarm)) levels.set(subject, alarm.level);
    else levels.delete(subject);
    if (levels.size > 0) up.set(sensor, levels);
    else up.delete(sensor);
    return sensor;
  };
  const tellOf = (subjects: Iterable<string>): void => {
    const sensors = new Set<string>();
    for (const subject of subjects) {
      const sensor = subject.startsWith('alarm:') ? note(subject) : null;
      if (sensor !== null) sensors.add(sensor);
    }
    for (const sensor of sensors) {
      const levels = [...(up.get(sensor)?.values() ?? [])];
      tell(sensor, levels.length > 0 ? (Math.min(...levels) as Level) : null);
    }
  };
  tellOf([...alarms.staying()].map(([id]) => id));
  domain.onChange(tellOf);
}
