import { IconDeviceCctv } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ObservationView } from '../../../contract/features/sensors.ts';
import { useActions } from '../../desk/actions.ts';
import styles from '../../desk/detail/Detail.module.css';
import { DetailHead, Facts } from '../../desk/detail/Facts.tsx';
import { Sparkline } from '../../desk/detail/Sparkline.tsx';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { dateTime, position } from '../../ui/format.ts';
import { LevelBadge } from '../../ui/LevelBadge.tsx';

/** One sensor and its last values. */
export function SensorDetail({ sensor }: { sensor: ObservationView }) {
  const { t, i18n } = useTranslation();
  const { text } = useLang();
  const actions = useActions();
  const kindKey = `detail:sensor.${sensor.kind}`;
  return (
    <div className={styles.body}>
      <DetailHead
        kind={`${t('detail:kind.sensor')} · ${i18n.exists(kindKey) ? t(kindKey) : sensor.kind}`}
        title={text(sensor.name)}
        badge={sensor.level !== null ? <LevelBadge level={sensor.level} /> : undefined}
      />
      <div className={styles.buttons} data-action>
        <ActionButton keys="c" icon={<IconDeviceCctv />} onClick={() => void actions.seeCameras()}>
          {t('video:action.see')}
        </ActionButton>
      </div>
      <Sparkline sensor={sensor} raisedAt={null} />
      <Facts
        rows={[
          [t('detail:fact.quality'), t(`detail:quality.${sensor.quality}`)],
          [t('detail:fact.measured-at'), dateTime(sensor.t)],
          [t('detail:fact.position'), position(sensor.place.lon, sensor.place.lat)],
          [t('detail:fact.id'), sensor.sensor],
        ]}
      />
    </div>
  );
}
