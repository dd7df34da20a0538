import { alarmAggregate } from '../../../core/alarms/alarm.ts';
import type { ShowsOn } from '../../kernel/feature.ts';
import type { Shows } from '../../kernel/shows.ts';
import type { Shelving } from './shelving.ts';
import { alarmView, inQueue } from './view.ts';

/** @param shelving is shown every alarm that changed; windows show when it says one comes back. */
export function showAlarms({ domain, ledger, topics }: ShowsOn, shelving: Shelving): Shows {
  const alarms = domain.of(alarmAggregate);
  return {
    alarm(subject, since) {
      const alarm = alarms.get(subject);
      shelving.look(alarm, since);
      if (inQueue(alarm))
        topics.alarms.set(subject, alarmView(alarm, shelving.until(subject), ledger.isUnwritten(subject)));
      else topics.alarms.delete(subject);
    },
  };
}
