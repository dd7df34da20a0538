import { useState } from 'react';
import type { IncidentNote, IncidentView } from '../../../contract/features/incidents.ts';
import { useAct } from '../../desk/act.ts';
import { beforeTheView, type EarlierNotes } from './earlierNotes.ts';

/** Notes that are too old for the incident's view: how many, those that were asked for, and how to ask for more. */
export function useEarlierNotes(incident: IncidentView): {
  count: number;
  notes: readonly IncidentNote[];
  busy: boolean;
  /** Why they could not be had; null where they could. */
  failure: unknown;
  load(): Promise<void>;
} {
  const { act, busy, failure } = useAct({ beside: true });
  const [asked, setAsked] = useState<EarlierNotes | null>(null);
  const { notes, count, before } = beforeTheView(incident, asked);
  return {
    count,
    notes,
    busy: busy.has('incidents.notes'),
    failure,
    async load() {
      const answer = await act('incidents.notes', { incident: incident.id, before });
      if (answer)
        setAsked({ incident: incident.id, notes: [...answer.notes, ...notes, ...incident.notes], from: answer.from });
    },
  };
}
