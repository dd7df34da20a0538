import { ContractError } from '../../contract/errors.ts';
import type { Caller, Handlers } from '../../contract/wire/server.ts';
import { type Alarm, type AlarmCommand, decideAlarm } from '../../core/alarms/alarm.ts';
import type { Domain } from '../domain/domain.ts';
import { decided } from './decided.ts';

type Served = 'alarms.acknowledge' | 'alarms.shelve' | 'alarms.unshelve';

/** Acknowledging and shelving alarms. */
export function alarmHandlers({ domain }: { domain: Domain }): Pick<Handlers, Served> {
  const command = async (id: string, caller: Caller, make: (alarm: Alarm) => AlarmCommand) => {
    if (domain.alarm(id).occurrence === 0) throw new ContractError('not-found', `there is no alarm ${id}`);
    await decided(domain, caller, () => decideAlarm(domain.alarm(id), make(domain.alarm(id))));
    return {};
  };
  return {
    'alarms.acknowledge': ({ alarm }, caller) =>
      command(alarm, caller, () => ({ do: 'acknowledge', actor: caller.seat })),
    'alarms.shelve': ({ alarm, minutes, reason }, caller) =>
      command(alarm, caller, () => ({
        do: 'shelve',
        minutes,
        reason,
        actor: caller.seat,
      })),
    'alarms.unshelve': ({ alarm }, caller) => command(alarm, caller, () => ({ do: 'unshelve', actor: caller.seat })),
  };
}
