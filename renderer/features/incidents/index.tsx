import { defineFeature } from '../../desk/feature.ts';
import type { Subject } from '../../desk/subject.ts';
import { IncidentDetail } from './IncidentDetail.tsx';

const detail = ({ incident }: Subject) => incident && <IncidentDetail key={incident.id} incident={incident} />;

export default defineFeature({
  name: 'incidents',
  // A run is shown in its own region; its detail is the incident it is for.
  details: { incident: detail, run: detail },
});
