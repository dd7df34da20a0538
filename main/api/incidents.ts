import type { Caller, Handlers } from '../../contract/wire/server.ts';
import { decideAlarm, incidentOf } from '../../core/alarms/alarm.ts';
import { decideIncident, type Incident, type IncidentCommand } from '../../core/incidents/incident.ts';
import type { Domain } from '../domain/domain.ts';
import { decided } from './decided.ts';

type Served = 'incidents.open' | 'incidents.setLevel' | 'incidents.note' | 'incidents.close';

/** Alarms become incidents; incidents get a level, notes and an end. */
export function incidentHandlers(options: {
  domain: Domain;
  /** Kind of incident an alarm of this rule becomes. */
  incidentTypeOf(rule: string): string;
  newId(): string;
}): Pick<Handlers, Served> {
  const { domain, incidentTypeOf, newId } = options;
  const command = async (id: string, caller: Caller, command: IncidentCommand) => {
    await decided(domain, caller, () => decideIncident(domain.incident(id), command));
    return {};
  };
  return {
    async 'incidents.open'({ alarm: alarmId }, caller) {
      await decided(domain, caller, () => {
        const alarm = domain.alarm(alarmId);
        if (incidentOf(alarm)) return []; // Opened a moment ago by another seat: that one is the answer.
        const actor = caller.seat;
        const incident: Incident = domain.incident(`incident:${newId()}`);
        const { title, place, level } = alarm;
        return [
          ...decideAlarm(alarm, { do: 'link', incident: incident.id, actor }),
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
      return { incident: incidentOf(domain.alarm(alarmId)) ?? '' };
    },
    'incidents.setLevel': ({ incident, level, reason }, caller) =>
      command(incident, caller, { do: 'set-level', level, reason, actor: caller.seat }),
    'incidents.note': ({ incident, text }, caller) =>
      command(incident, caller, { do: 'note', text, actor: caller.seat }),
    'incidents.close': ({ incident, reason }, caller) =>
      command(incident, caller, { do: 'close', reason, actor: caller.seat }),
  };
}
