import { ContractError } from '../../../contract/errors.ts';
import type { MethodName } from '../../../contract/index.ts';
import type { Caller, Handlers } from '../../../contract/wire/served.ts';
import { type Alarm, alarmAggregate, incidentOf, isUp } from '../../../core/alarms/alarm.ts';
import { decideAlarm } from '../../../core/alarms/decide.ts';
import { callAggregate, decideCall } from '../../../core/calls/call.ts';
import { decideIncident, type IncidentCommand } from '../../../core/incidents/decide.ts';
import { isOlder } from '../../../core/incidents/end.ts';
import { type Incident, incidentAggregate, levelOf, mergedInto } from '../../../core/incidents/incident.ts';
import type { EventDraft } from '../../../core/ledger/envelope.ts';
import { Refusal } from '../../../core/refusal.ts';
import { decided, type Unsigned } from '../../domain/decided.ts';
import type { Domain } from '../../domain/domain.ts';
import { notesBefore } from './view.ts';

type Served = Extract<MethodName, `incidents.${string}` | 'calls.note'>;

/** Alarms and calls become incidents, or join one; incidents get a level, notes and an end, are merged, split and opened again. */
export function incidentHandlers(options: {
  domain: Domain;
  /** Kind of incident an alarm of this rule becomes. */
  incidentTypeOf(rule: string): string;
  newId(): string;
}): Pick<Handlers, Served> {
  const { domain, incidentTypeOf, newId } = options;
  const alarms = domain.of(alarmAggregate);
  const incidents = domain.of(incidentAggregate);
  const calls = domain.of(callAggregate);
  const command = async (id: string, caller: Caller, command: Unsigned<IncidentCommand>) => {
    await decided(domain, caller, (actor) => decideIncident(incidents.get(id), { ...command, actor }));
    return {};
  };
  /** The incident that is looked after for this one: itself, or the one it went into at last. */
  const stands = (id: string): Incident => {
    let at = incidents.get(id);
    const been = new Set<string>();
    for (let into = mergedInto(at); into !== null && !been.has(into); into = mergedInto(at)) {
      been.add(into);
      at = incidents.get(into);
    }
    return at;
  };
  const known = (id: string): Incident => {
    const incident = incidents.get(id);
    if (incident.state === 'unknown') throw new ContractError('not-found', `there is no incident ${id}`);
    return incident;
  };
  /** The alarm becomes this new incident, `after` the closed one that it was. */
  const become = (alarm: Alarm, incident: Incident, actor: string, after: string | null = null): EventDraft[] => {
    const { title, place, level } = alarm;
    const type = incidentTypeOf(alarm.rule);
    return [
      ...decideAlarm(alarm, { do: 'acknowledge', actor }),
      ...decideIncident(incident, {
        ...{ do: 'open', type, title, place, level, alarm: alarm.id, actor },
        ...(after === null ? {} : { after }),
      }),
    ];
  };

  return {
    async 'incidents.open'({ alarm: alarmId }, caller) {
      let answer = '';
      await decided(domain, caller, (actor) => {
        const alarm = alarms.get(alarmId);
        const became = alarm.incident.map(({ value }) => value);
        const goesOn = became.map((id) => stands(id)).find((it) => it.state !== 'closed')?.id;
        // Opened a moment ago by another seat, or about what is over: that one is the answer.
        answer = goesOn ?? (isUp(alarm) ? null : incidentOf(alarm)) ?? '';
        if (answer) return [];
        const incident: Incident = incidents.get(`incident:${newId()}`);
        answer = incident.id;
        return [
          ...decideAlarm(alarm, { do: 'link', incident: incident.id, over: became.length > 0, actor }),
          ...become(alarm, incident, actor, incidentOf(alarm)),
        ];
      });
      return { incident: answer };
    },
    async 'incidents.openByHand'({ call, ...told }, caller) {
      const incident = incidents.get(`incident:${newId()}`);
      await decided(domain, caller, (actor) => [
        ...decideIncident(incident, { do: 'open', ...told, alarm: null, actor }),
        ...(call === undefined ? [] : decideCall(calls.get(call), { do: 'answer', incident: incident.id, actor })),
      ]);
      return { incident: incident.id };
    },
    async 'calls.note'({ call }, caller) {
      await decided(domain, caller, (actor) => decideCall(calls.get(call), { do: 'answer', incident: null, actor }));
      return {};
    },
    'incidents.take': ({ incident }, caller) => command(incident, caller, { do: 'take' }),
    async 'incidents.join'({ incident: id, alarm: alarmId }, caller) {
      known(id);
      await decided(domain, caller, (actor) => {
        const alarm = alarms.get(alarmId);
        if (alarm.occurrence === 0) throw new ContractError('not-found', `there is no alarm ${alarmId}`);
        const incident = incidents.get(id);
        return [
          ...decideIncident(incident, { do: 'join', alarm: alarmId, actor }),
          ...decideAlarm(alarm, { do: 'join', incident: id, actor }),
          ...decideAlarm(alarm, { do: 'acknowledge', actor }),
        ];
      });
      return {};
    },
    async 'incidents.merge'({ incident, other }, caller) {
      if (incident === other) throw new ContractError('bad-request', 'an incident is not merged with itself');
      let answer = '';
      await decided(domain, caller, (actor) => {
        const [a, b] = [known(incident), known(other)];
        const [into, gone] = isOlder(a, b) ? [a, b] : [b, a];
        answer = into.id;
        const level = levelOf(gone).value;
        const reason = caller.lang === 'en' ? `merged with ${gone.title.en}` : `并入：${gone.title.zh}`;
        return [
          ...decideIncident(gone, { do: 'merge', into, actor }),
          ...(level < levelOf(into).value ? decideIncident(into, { do: 'set-level', level, reason, actor }) : []),
        ];
      });
      return { incident: answer };
    },
    'incidents.split': ({ incident }, caller) => command(incident, caller, { do: 'split' }),
    async 'incidents.splitAlarm'({ alarm: alarmId }, caller) {
      let answer = '';
      await decided(domain, caller, (actor) => {
        const alarm = alarms.get(alarmId);
        const from = incidentOf(alarm);
        if (from === null || incidents.get(from).alarm === alarmId)
          throw new Refusal('A14', {
            zh: '只有后来并入事件的告警可以拆分出来',
            en: 'only an alarm that joined an incident can be split off it',
          });
        const incident: Incident = incidents.get(`incident:${newId()}`);
        answer = incident.id;
        return [...decideAlarm(alarm, { do: 'join', incident: incident.id, actor }), ...become(alarm, incident, actor)];
      });
      return { incident: answer };
    },
    'incidents.reopen': ({ incident, reason }, caller) => command(incident, caller, { do: 'reopen', reason }),
    'incidents.setLevel': ({ incident, level, reason }, caller) =>
      command(incident, caller, { do: 'set-level', level, reason }),
    'incidents.note': ({ incident, text }, caller) => command(incident, caller, { do: 'note', text }),
    'incidents.notes'({ incident: id, before }) {
      const { shown, from } = notesBefore(known(id), before);
      return { notes: shown, from };
    },
    'incidents.close': ({ incident, reason }, caller) => command(incident, caller, { do: 'close', reason }),
  };
}
