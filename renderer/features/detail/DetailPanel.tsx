import { IconPointer } from '@tabler/icons-react';
import { Trans, useTranslation } from 'react-i18next';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { useSubject } from '../../desk/hallData.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { LaunchPanel } from '../plans/LaunchPanel.tsx';
import { AlarmDetail } from './AlarmDetail.tsx';
import { IncidentDetail } from './IncidentDetail.tsx';
import { CameraDetail, PlaceDetail, SensorDetail } from './ThingDetail.tsx';

/** What is selected, in full. */
export function DetailPanel() {
  const { t } = useTranslation();
  const { selection, alarm, incident, sensor, camera } = useSubject();
  const launchFor = useDesk((desk) => desk.launchFor);
  if (selection === null) {
    return (
      <EmptyState
        icon={<IconPointer size="2rem" stroke={1.4} />}
        title={t('detail:empty')}
        hint={<Trans i18nKey="detail:empty-hint" components={{ k: <Kbd keys="ctrl+k" /> }} />}
      />
    );
  }
  if (incident && launchFor?.region === 'detail' && launchFor.incident === incident.id)
    return <LaunchPanel incident={incident} region="detail" />;
  switch (selection.kind) {
    case 'alarm':
      if (alarm) return <AlarmDetail key={alarm.id} alarm={alarm} sensor={sensor} />;
      break;
    case 'incident':
    case 'run':
      if (incident) return <IncidentDetail key={incident.id} incident={incident} />;
      break;
    case 'camera':
      if (camera) return <CameraDetail key={camera.id} camera={camera} />;
      break;
    case 'sensor':
      if (sensor) return <SensorDetail key={sensor.sensor} sensor={sensor} />;
      break;
    default:
      return <PlaceDetail selection={selection} />;
  }
  return <EmptyState title={t('detail:unknown')} hint={`${selection.kind} ${selection.id}`} />;
}
