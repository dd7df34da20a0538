import { type Alarm, alarmAggregate } from '../../../core/alarms/alarm.ts';
import { decideAlarm } from '../../../core/alarms/decide.ts';
import type { Kind } from '../../kernel/kind.ts';
import { inQueue } from './view.ts';

export const alarmKind: Kind<Alarm> = {
  aggregate: alarmAggregate,
  goesOn: inQueue,
  overAt: () => null,
  /** Sensors ask for the state of their alarms at every reading: a city's fit into memory. */
  idle: 20_000,
  see: (alarm, conflict, actor) => decideAlarm(alarm, { do: 'see-conflict', conflict, actor }),
};
