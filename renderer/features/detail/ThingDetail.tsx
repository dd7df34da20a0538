import { IconDeviceCctv, IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CameraView, ObservationView } from '../../../contract/schema/station.ts';
import { useTopicItem } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useActions } from '../../desk/actions.ts';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { useDirectory, useStation } from '../../desk/hallData.tsx';
import type { Selection } from '../../desk/selection.ts';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import { clockTime, dateTime, position } from '../../ui/format.ts';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import { faultWords } from '../video/tileWords.ts';
import styles from './Detail.module.css';
import { DetailHead, Facts } from './Facts.tsx';
import { Sparkline } from './Sparkline.tsx';
import { useDepartmentName } from './words.ts';

/** One camera and how it is. */
export function CameraDetail({ camera }: { camera: CameraView }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const { act } = useAct();
  const seat = useDesk((desk) => desk.seat);
  const watched = useTopicItem('seats', seat)?.cameras ?? [];
  const health = useTopicItem('cameras', camera.id);
  const drill = useStation()?.profile === 'drill';
  const shown = watched.includes(camera.id);
  const gone = health?.state === 'gone';
  return (
    <div className={styles.body}>
      <DetailHead kind={t('detail:kind.camera')} title={text(camera.name)} />
      <div className={styles.buttons} data-action>
        <ActionButton
          primary={!shown}
          icon={<IconDeviceCctv />}
          onClick={() =>
            void act('seat.watch', {
              cameras: shown ? watched.filter((id) => id !== camera.id) : [camera.id, ...watched].slice(0, 9),
            })
          }
        >
          {t(shown ? 'video:action.unwatch' : 'video:action.watch')}
        </ActionButton>
        {drill && (
          <ActionButton
            icon={gone ? <IconPlugConnected /> : <IconPlugConnectedX />}
            onClick={() => void act('cameras.setGone', { camera: camera.id, gone: !gone })}
          >
            {t(gone ? 'video:action.restore' : 'video:action.remove')}
          </ActionButton>
        )}
      </div>
      <Facts
        rows={[
          [
            t('detail:fact.state'),
            health ? `${t(`video:state.${health.state}`)} · ${clockTime(health.since)}` : t('video:state.idle'),
          ],
          [t('detail:fact.codec'), health?.codec ?? '—'],
          [
            t('detail:fact.last-frame'),
            health?.lastFrameAt ? <Age key="frame" since={health.lastFrameAt} staleAfterMs={5000} /> : '—',
          ],
          ...(health?.error
            ? ([
                [
                  t('detail:fact.error'),
                  <span key="error">
                    {faultWords(t, health.error.code)}
                    {health.error.detail !== '' && <small className={styles.errorDetail}>{health.error.detail}</small>}
                  </span>,
                ],
              ] as const)
            : []),
          [
            t('detail:fact.view'),
            t('detail:fact.view-value', {
              bearing: Math.round(camera.bearing),
              fov: Math.round(camera.fov),
              range: Math.round(camera.range),
            }),
          ],
          [t('detail:fact.height'), `${camera.height} m`],
          [t('detail:fact.position'), position(camera.lon, camera.lat)],
          [t('detail:fact.id'), camera.id],
        ]}
      />
    </div>
  );
}

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

/** A unit, a component or a bare place: what is known, and where. */
export function PlaceDetail({ selection }: { selection: Selection }) {
  const { t } = useTranslation();
  const actions = useActions();
  const { units } = useDirectory();
  const departmentName = useDepartmentName();
  const unit = selection.kind === 'unit' ? units.get(selection.id) : undefined;
  return (
    <div className={styles.body}>
      <DetailHead kind={t(`detail:kind.${selection.kind}`)} title={unit?.callSign ?? selection.id} />
      <div className={styles.buttons} data-action>
        <ActionButton keys="c" icon={<IconDeviceCctv />} onClick={() => void actions.seeCameras()}>
          {t('video:action.see')}
        </ActionButton>
      </div>
      <Facts
        rows={[
          ...(unit
            ? ([
                [t('detail:fact.department'), departmentName(unit.department)],
                [t('detail:fact.unit-kind'), unit.kind],
              ] as const)
            : []),
          ...(selection.at
            ? ([[t('detail:fact.position'), position(selection.at.lon, selection.at.lat)]] as const)
            : []),
          [t('detail:fact.id'), selection.id],
        ]}
      />
    </div>
  );
}
