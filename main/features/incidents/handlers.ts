import { ContractError } from '../../../contract/errors.ts';
import type { Caller, Handlers } from '../../../contract/wire/served.ts';
import { alarmAggregate, decideAlarm, incidentOf, isUp } from '../../../core/alarms/alarm.ts';
import {
  decideIncident,
  type Incident,
  type IncidentCommand,
  incidentAggregate,
} from '../../../core/incidents/incident.ts';
import { decided, type Unsigned } from '../../domain/decided.ts';
import type { Domain } from '../../domain/domain.ts';
import { notesBefore } from './view.ts';

type Served = 'incidents.open' | 'incidents.setLevel' | 'incidents.note' | 'incidents.notes' | 'incidents.close';

/** Alarms become incidents; incidents get a level, notes and an end. */
export function incidentHandlers(options: {
  domain: Domain;
  /** Kind of incident an alarm of this rule becomes. */
  incidentTypeOf(rule: string): string;
  newId(): string;
}): Pick<Handlers, Served> {
  const { domain, incidentTypeOf, newId } = options;
  const alarms = domain.of(alarmAggregate);
  const incidents = domain.of(incidentAggregate);
  const command = async (id: string, caller: Caller, command: Unsigned<IncidentCommand>) => {
    await decided(domain, caller, (actor) => decideIncident(incidents.get(id), { ...command, actor }));
    return {};
  };
  return {
    async 'incidents.open'({ alarm: alarmId }, caller) {
      let answer = '';
      await decided(domain, caller, (actor) => {
        const alarm = alarms.get(alarmId);
        const became = alarm.incident.map(({ value }) => value);
        const goesOn = became.find((id) => incidents.get(id).state !== 'closed');
        // Opened a moment ago by another seat, or about what is over: that one is the answer.
        answer = goesOn ?? (isUp(alarm) ? null : incidentOf(alarm)) ?? '';
        if (answer) return [];
        const incident: Incident = incidents.get(`incident:${newId()}`);
        answer = incident.id;
        const { title, place, level } = alarm;
        return [
          ...decideAlarm(alarm, { do: 'link', incident: incident.id, over: became.length > 0, actor }),
          ...decideAlarm(alarm, { do: 'acknowledge', actor }),
          ...decideIncident(incident, {
            do: 'open',
            type: incidentTypeOf(alarm.rule),
            title,
            place,
            level,
            alarm: alarm.id,
            actor,
          }),
        ];
      });
      return { incident: answer };
    },
    'incidents.setLevel': ({ incident, level, reason }, caller) =>
      command(incident, caller, { do: 'set-level', level, reason }),
    'incidents.note': ({ incident, text }, caller) => command(incident, caller, { do: 'note', text }),
    'incidents.notes'({ incident: id, before }) {
      const incident = incidents.get(id);
      if (incident.state === 'unknown') throw new ContractError('not-found', `there is no incident ${id}`);
      const { shown, from } = notesBefore(incident, before);
      return { notes: shown, from };
    },
    'incidents.close': ({ incident, reason }, caller) => command(incident, caller, { do: 'close', reason }),
  };
}
