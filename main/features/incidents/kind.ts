import { decideIncident } from '../../../core/incidents/decide.ts';
import { type Incident, incidentAggregate } from '../../../core/incidents/incident.ts';
import type { Kind } from '../../kernel/kind.ts';

/** None is shown to anybody who does not ask for it: lists are read from their table, one of them from its state (incidents.one). */
export const incidentKind: Kind<Incident> = {
  aggregate: incidentAggregate,
  goesOn: () => false,
  overAt: () => null,
  see: (incident, conflict, actor) => decideIncident(incident, { do: 'see-conflict', conflict, actor }),
};
