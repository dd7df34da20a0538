import { useTranslation } from 'react-i18next';
import type { SensorEntry } from '../../../contract/features/sensors.ts';
import { useObservation } from '../../bridge/index.ts';
import styles from '../../desk/detail/Detail.module.css';
import { DetailHead, Facts } from '../../desk/detail/Facts.tsx';
import { Sparkline } from '../../desk/detail/Sparkline.tsx';
import { SubjectActions } from '../../desk/detail/SubjectActions.tsx';
import { useKindName } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { dateTime, position } from '../../ui/format.ts';
import { LevelBadge } from '../../ui/LevelBadge.tsx';

/** One sensor and its last values. */
export function SensorDetail({ sensor }: { sensor: SensorEntry }) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const { text } = useLang();
  const newest = useObservation(sensor.id);
  return (
    <div className={styles.body}>
      <DetailHead
        kind={`${t('detail:kind.sensor')} · ${kindName('sensor', sensor.kind)}`}
        title={text(sensor.name)}
        badge={newest && newest.level !== null ? <LevelBadge level={newest.level} /> : undefined}
      />
      <div className={styles.buttons} data-action>
        <SubjectActions />
      </div>
      <Sparkline sensor={sensor} />
      <Facts
        rows={[
          ...(newest
            ? ([
                [t('detail:fact.quality'), t(`detail:quality.${newest.quality}`)],
                [t('detail:fact.measured-at'), dateTime(newest.t)],
              ] as const)
            : []),
          [t('detail:fact.position'), position(sensor.place.lon, sensor.place.lat)],
          [t('detail:fact.id'), sensor.id],
        ]}
      />
    </div>
  );
}
