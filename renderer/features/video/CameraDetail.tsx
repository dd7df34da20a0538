import { IconDeviceCctv, IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CameraView } from '../../../contract/features/cameras.ts';
import { useTopicItem } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useDesk } from '../../desk/DeskProvider.tsx';
import styles from '../../desk/detail/Detail.module.css';
import { DetailHead, Facts } from '../../desk/detail/Facts.tsx';
import { useStation } from '../../desk/hallData.tsx';
import { useMay } from '../../desk/rights.ts';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { clockTime, position } from '../../ui/format.ts';
import { faultWords } from './tileWords.ts';

/** One camera and how it is. */
export function CameraDetail({ camera }: { camera: CameraView }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const { act, failure } = useAct({ beside: true });
  const seat = useDesk((desk) => desk.seat);
  const watched = useTopicItem('seats', seat)?.cameras ?? [];
  const health = useTopicItem('cameras', camera.id);
  const bearing = useTopicItem('steering', camera.id)?.bearing ?? camera.bearing;
  const may = useMay();
  const drill = useStation()?.simulated === true && may.call('cameras.setGone');
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
      {failure !== null && <ErrorNote error={failure} reveal />}
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
              bearing: Math.round(bearing),
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
