import { defineFeature } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';
import type { Subject } from '../../desk/subject.ts';
import { IncidentDetail } from './IncidentDetail.tsx';
import { incidentLayers } from './map/layers.ts';
import { useAlarmActions } from './useAlarmActions.ts';
import { useIncidentCommands } from './useIncidentCommands.ts';
import { useOpenIncident } from './useOpenIncident.ts';

const detail = ({ incident }: Subject) => incident && <IncidentDetail key={incident.id} incident={incident} />;

export default defineFeature({
  name: 'incidents',
  // A run is shown in its own region; its detail is the incident it is for.
  details: { incident: detail, run: detail },
  useSubjectActions: useAlarmActions,
  mapLayers: incidentLayers,
  useKeys() {
    const open = useOpenIncident();
    if (!useMay().call('incidents.open')) return [];
    return [{ id: 'open', keys: ['enter'], label: 'incidents:key.open', run: () => void open() }];
  },
  useCommands: useIncidentCommands,
});
