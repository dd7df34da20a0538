import { ContractError } from '../../../contract/errors.ts';
import type { MethodName } from '../../../contract/index.ts';
import type { Caller, Handlers } from '../../../contract/wire/served.ts';
import { alarmAggregate } from '../../../core/alarms/alarm.ts';
import { type AlarmCommand, decideAlarm } from '../../../core/alarms/decide.ts';
import type { Stream } from '../../../core/ledger/stream.ts';
import { decided, type Unsigned } from '../../domain/decided.ts';
import type { Domain } from '../../domain/domain.ts';
import type { LedgerThread } from '../../ledger/ledgerTasks.ts';
import type { alarmTasks } from './tellAlarms.ts';

type Served = Extract<MethodName, `alarms.${string}`>;

/** Acknowledging and shelving alarms, and telling what became of one. */
export function alarmHandlers(options: {
  domain: Domain;
  /** Of this world's alarms. */
  stream: Stream;
  /** Makes timelines beside the work. */
  teller: Pick<LedgerThread<typeof alarmTasks>, 'ask'>;
  /** Whether a rule of this hall looks at what an alarm is of. */
  isWatched(rule: string, source: { kind: string; id: string }): boolean;
}): Pick<Handlers, Served> {
  const { domain, stream, teller, isWatched } = options;
  const alarms = domain.of(alarmAggregate);
  const known = (id: string): void => {
    if (alarms.get(id).occurrence === 0) throw new ContractError('not-found', `there is no alarm ${id}`);
  };
  const act = async (id: string, caller: Caller, command: Unsigned<AlarmCommand>) => {
    known(id);
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
    'alarms.withdraw'({ alarm: id, reason }, caller) {
      const { rule, source } = alarms.get(id);
      if (isWatched(rule, source))
        throw new ContractError('refused', 'a rule of this hall looks at it: it clears by itself');
      return act(id, caller, { do: 'withdraw', reason });
    },
    'alarms.unshelve': ({ alarm }, caller) => act(alarm, caller, { do: 'unshelve' }),
    async 'alarms.timeline'({ alarm, from = 0 }) {
      known(alarm);
      return await teller.ask('timeline', { alarm, from, stream }, [alarm]);
    },
  };
}
