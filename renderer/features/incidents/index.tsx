import { IconUrgent } from '@tabler/icons-react';
import { defineFeature, type OverDetailProps } from '../../desk/feature.ts';
import type { Need } from '../../desk/layout.ts';
import type { Subject } from '../../desk/subject.ts';
import { useElsewhere } from '../../desk/windows.ts';
import { Calls } from './Calls.tsx';
import { ChooseOverDetail } from './ChooseIncident.tsx';
import { IncidentDetail } from './IncidentDetail.tsx';
import { IncidentList } from './IncidentList.tsx';
import { incidentDesk } from './incidentDesk.ts';
import { Looking } from './Looking.tsx';
import { incidentLayers } from './map/layers.ts';
import { NewOverDetail } from './NewIncident.tsx';
import { useIncidentActions } from './useIncidentActions.ts';
import { useIncidentCommands } from './useIncidentCommands.ts';
import { useIncidentKeys } from './useIncidentKeys.ts';
import { useLines } from './useLines.ts';
import { useHandOver, useOpenForm } from './useNewForms.ts';

const detail = ({ incident }: Subject) => incident && <IncidentDetail key={incident.id} incident={incident} />;

function Alongside() {
  useHandOver();
  return (
    <>
      <Looking />
      <Calls />
    </>
  );
}

/** What is told of a new incident stands in the detail, at the same place. */
function useNeed(): Need {
  const form = useOpenForm() !== null;
  const here = !useElsewhere().has('detail');
  const some = useLines().length > 0;
  return form && here ? 3 : some ? 1 : 0;
}

/** What is being told of a new incident stands over everything; what an alarm or incident may join, over its detail. */
function OverDetail({ subject, children }: OverDetailProps) {
  return (
    <NewOverDetail subject={subject}>
      <ChooseOverDetail subject={subject}>{children}</ChooseOverDetail>
    </NewOverDetail>
  );
}

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
      alongside: Alongside,
      useNeed,
    },
  ],
  // A run is shown in its own region; its detail is the incident it is for.
  details: { incident: detail, run: detail },
  slice: incidentDesk,
  overDetail: OverDetail,
  useSubjectActions: useIncidentActions,
  mapLayers: incidentLayers,
  useKeys: useIncidentKeys,
  useCommands: useIncidentCommands,
});
