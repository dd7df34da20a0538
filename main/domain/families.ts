import { alarmAggregate } from '../../core/alarms/alarm.ts';
import { incidentAggregate } from '../../core/incidents/incident.ts';
import type { EventFamily } from '../../core/ledger/family.ts';
import { auditFamily } from '../../core/people/audit.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import { wallAggregate } from '../../core/walls/wall.ts';

/** Every kind of event that this version writes. */
export const FAMILIES: readonly EventFamily[] = [
  alarmAggregate,
  incidentAggregate,
  runAggregate,
  wallAggregate,
  auditFamily,
];
