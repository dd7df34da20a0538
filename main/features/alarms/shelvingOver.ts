import { alarmAggregate } from '../../../core/alarms/alarm.ts';
import { decideAlarm } from '../../../core/alarms/decide.ts';
import type { Clock } from '../../clock.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Timed } from '../../kernel/timed.ts';
import type { Shelving } from './shelving.ts';

/** Alarms come back when their shelving is over (A7). */
export function shelvingOver(options: {
  domain: Pick<Domain, 'of'>;
  shelving: Pick<Shelving, 'end'>;
  clock: Pick<Clock, 'monotonic'>;
}): Timed {
  const { shelving, clock } = options;
  const alarms = options.domain.of(alarmAggregate);
  return {
    name: 'shelving-over',
    kind: alarmAggregate.kind,
    *begin() {
      for (const [alarm] of alarms.staying()) yield alarm;
    },
    due: (alarm) => shelving.end(alarm)?.due ?? null,
    decide(alarm) {
      const end = shelving.end(alarm);
      if (!end || end.due > clock.monotonic()) return [];
      return decideAlarm(alarms.get(alarm), { do: 'unshelve', shelving: end.shelving, actor: 'hall.timer' });
    },
  };
}
