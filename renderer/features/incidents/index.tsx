import { IconUrgent } from '@tabler/icons-react';
import { defineFeature } from '../../desk/feature.ts';
import type { Subject } from '../../desk/subject.ts';
import { IncidentDetail } from './IncidentDetail.tsx';
import { IncidentList } from './IncidentList.tsx';
import { incidentDesk } from './incidentDesk.ts';
import { Looking } from './Looking.tsx';
import { incidentLayers } from './map/layers.ts';
import { useAlarmActions } from './useAlarmActions.ts';
import { useIncidentCommands } from './useIncidentCommands.ts';
import { useIncidentKeys } from './useIncidentKeys.ts';
import { useLines } from './useLines.ts';

const detail = ({ incident }: Subject) => incident && <IncidentDetail key={incident.id} incident={incident} />;

export default defineFeature({
  name: 'incidents',
  regions: [
    {
      id: 'incidents',
      number: 6,
      title: 'incidents:region',
      icon: IconUrgent,
      place: 'beside-below',
      content: IncidentList,
      useCount: () => useLines().length,
      alongside: Looking,
    },
  ],
  // A run is shown in its own region; its detail is the incident it is for.
  details: { incident: detail, run: detail },
  slice: incidentDesk,
  useSubjectActions: useAlarmActions,
  mapLayers: incidentLayers,
  useKeys: useIncidentKeys,
  useCommands: useIncidentCommands,
});
