import { ContractError } from '../../../contract/errors.ts';
import type { Caller, Handlers } from '../../../contract/wire/served.ts';
import { type AlarmCommand, alarmAggregate, decideAlarm } from '../../../core/alarms/alarm.ts';
import { decided, type Unsigned } from '../../domain/decided.ts';
import type { Domain } from '../../domain/domain.ts';

type Served = 'alarms.acknowledge' | 'alarms.acknowledgeAll' | 'alarms.shelve' | 'alarms.unshelve';

/** Acknowledging and shelving alarms. */
export function alarmHandlers({ domain }: { domain: Domain }): Pick<Handlers, Served> {
  const alarms = domain.of(alarmAggregate);
  const act = async (id: string, caller: Caller, command: Unsigned<AlarmCommand>) => {
    if (alarms.get(id).occurrence === 0) throw new ContractError('not-found', `there is no alarm ${id}`);
    await decided(domain, caller, (actor) => decideAlarm(alarms.get(id), { ...command, actor }));
    return {};
  };
  return {
    'alarms.acknowledge': ({ alarm }, caller) => act(alarm, caller, { do: 'acknowledge' }),
    async 'alarms.acknowledgeAll'({ alarms: named }, caller) {
      const seen = new Map(named.map((each) => [each.alarm, each]));
      const events = await decided(domain, caller, (actor) =>
        [...seen].flatMap(([id, { occurrence, level }]) => {
          const alarm = alarms.get(id);
          if (alarm.occurrence === 0) return [];
          return decideAlarm(alarm, { do: 'acknowledge', seen: { occurrence, level }, actor });
        }),
      );
      return { acknowledged: events.length };
    },
    'alarms.shelve': ({ alarm, minutes, reason }, caller) => act(alarm, caller, { do: 'shelve', minutes, reason }),
    'alarms.unshelve': ({ alarm }, caller) => act(alarm, caller, { do: 'unshelve' }),
  };
}
