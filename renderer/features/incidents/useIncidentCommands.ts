import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { alsoKnown, type Command } from '../../desk/command.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { useIncidentsByName } from '../../desk/incidents.ts';
import { useWhatAndWhere } from '../../desk/words.ts';
import { dateTime } from '../../ui/format.ts';
import { useIncidentForms } from './useIncidentForms.ts';
import { useKindName } from './words.ts';

/** Incidents by kind, name, place and number. */
export function useIncidentCommands(typed: string): readonly Command[] {
  const { t } = useTranslation();
  const whatAndWhere = useWhatAndWhere();
  const select = useSelect();
  const incidents = useIncidentsByName(typed);
  const kindName = useKindName();
  const doing = useIncidentForms();
  const named = useMemo<readonly Command[]>(
    () =>
      incidents.map((incident) => ({
        id: `incident-${incident.id}`,
        kind: t('detail:kind.incident'),
        name: whatAndWhere(incident),
        also: [
          ...[alsoKnown(incident.title, incident.id), alsoKnown(incident.place.name, '')],
          ...[kindName(incident.type), incident.type],
        ].join(' '),
        // Yesterday's has the same name as today's.
        hint: `${t(`detail:incident.${incident.state}`)} · ${dateTime(incident.openedAt).slice(0, 16)}`,
        rank: 'first',
        run: () =>
          select({ kind: 'incident', id: incident.id, at: { lon: incident.place.lon, lat: incident.place.lat } }),
      })),
    [t, whatAndWhere, select, incidents, kindName],
  );
  return useMemo(() => [...named, ...doing], [named, doing]);
}
