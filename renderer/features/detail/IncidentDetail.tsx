import { IconDeviceCctv, IconFlag, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Level } from '../../../contract/schema/basics.ts';
import type { IncidentView } from '../../../contract/schema/domain.ts';
import { useTopic } from '../../bridge/index.ts';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import { clockTime, dateTime, position } from '../../ui/format.ts';
import { LevelBadge, LevelShape, NUMERAL } from '../../ui/LevelBadge.tsx';
import { ReasonForm } from '../../ui/ReasonForm.tsx';
import { useAct } from '../../workspace/act.ts';
import { useActions } from '../../workspace/actions.ts';
import { useDeskStore, useSelect } from '../../workspace/DeskProvider.tsx';
import { newestRunFirst } from '../../workspace/subject.ts';
import { Conflicts } from './ConflictCard.tsx';
import styles from './Detail.module.css';
import { DetailHead, Facts } from './Facts.tsx';
import { Notes } from './Notes.tsx';
import { Who } from './Who.tsx';
import { useWhatAndWhere } from './words.ts';

const LEVELS: readonly Level[] = [1, 2, 3, 4];

/** One incident: its level and who set it, its runs, its notes. */
export function IncidentDetail({ incident }: { incident: IncidentView }) {
  const { t, i18n } = useTranslation();
  const { text } = useLang();
  const { act, busy } = useAct();
  const actions = useActions();
  const select = useSelect();
  const desk = useDeskStore();
  const whatAndWhere = useWhatAndWhere();
  const runs = useTopic('runs');
  const alarms = useTopic('alarms');
  const [asking, setAsking] = useState<Level | 'close' | null>(null);
  const mine = [...runs.values()].filter((run) => run.incident === incident.id).sort(newestRunFirst);
  const alarm = incident.alarm ? alarms.get(incident.alarm) : undefined;
  const open = incident.state === 'open';
  const typeKey = `detail:type.${incident.type}`;

  return (
    <div className={styles.body}>
      <DetailHead
        kind={`${t('detail:kind.incident')} · ${i18n.exists(typeKey) ? t(typeKey) : incident.type}`}
        title={whatAndWhere(incident)}
        badge={<LevelBadge level={incident.level} long />}
      />
      <div className={styles.buttons} data-action>
        {open && (
          <ActionButton
            primary={!mine.some((run) => run.state === 'running')}
            keys="l"
            icon={<IconPlayerPlay />}
            onClick={actions.offerPlans}
          >
            {t('plans:action.launch')}
          </ActionButton>
        )}
        <ActionButton keys="c" icon={<IconDeviceCctv />} onClick={() => void actions.seeCameras()}>
          {t('video:action.see')}
        </ActionButton>
        {open && (
          <ActionButton icon={<IconFlag />} onClick={() => setAsking('close')}>
            {t('detail:incident.close')}
          </ActionButton>
        )}
      </div>
      {asking !== null && (
        <ReasonForm
          key={asking}
          label={
            asking === 'close'
              ? t('detail:incident.close-why')
              : t('detail:incident.level-why', { level: t(`common:level.long.${asking}`) })
          }
          submit={asking === 'close' ? t('detail:incident.close') : t('detail:incident.set-level')}
          onCancel={() => setAsking(null)}
          onSubmit={(reason) => {
            if (asking === 'close') void act('incidents.close', { incident: incident.id, reason });
            else void act('incidents.setLevel', { incident: incident.id, level: asking, reason });
            setAsking(null);
          }}
        />
      )}
      <Conflicts conflicts={incident.conflicts} />
      <Facts
        rows={[
          [t('detail:fact.state'), t(`detail:incident.${incident.state}`)],
          [
            t('detail:fact.level'),
            <span key="level" className={styles.levelRow}>
              <span className={styles.levels} role="radiogroup" aria-label={t('detail:incident.set-level')}>
                {LEVELS.map((level) => (
                  // biome-ignore lint/a11y/useSemanticElements: a choice that asks for a reason before it counts
                  <button
                    key={level}
                    type="button"
                    role="radio"
                    aria-checked={level === incident.level}
                    disabled={!open || level === incident.level || busy.has('incidents.setLevel')}
                    title={t(`common:level.long.${level}`)}
                    aria-label={t(`common:level.long.${level}`)}
                    onClick={() => setAsking(level)}
                  >
                    <LevelShape level={level} />
                    {NUMERAL[level]}
                  </button>
                ))}
              </span>
              <span className={styles.dim}>
                <Who {...incident.levelBy} /> · {clockTime(incident.levelBy.at)}
              </span>
            </span>,
          ],
          [
            t('detail:fact.opened'),
            <span key="opened">
              {dateTime(incident.openedAt)} · <Age since={incident.openedAt} />
            </span>,
          ],
          ...(incident.closedAt !== null ? ([[t('detail:fact.closed'), dateTime(incident.closedAt)]] as const) : []),
          [t('detail:fact.position'), position(incident.place.lon, incident.place.lat)],
          ...(alarm
            ? ([
                [
                  t('detail:fact.alarm'),
                  <button
                    key="alarm"
                    type="button"
                    className={styles.link}
                    onClick={() => select({ kind: 'alarm', id: alarm.id, at: null })}
                  >
                    {whatAndWhere(alarm)}
                  </button>,
                ],
              ] as const)
            : []),
        ]}
      />
      {mine.length > 0 && (
        <section className={styles.section}>
          <h3>{t('detail:incident.runs')}</h3>
          {mine.map((run) => (
            <button
              key={run.id}
              type="button"
              className={styles.runRow}
              onClick={() => {
                desk.getState().set({ run: run.id, launchFor: null });
                actions.focusRegion('plan');
              }}
            >
              <span className={styles.runName}>{text(run.name)}</span>
              <span className={styles.dim}>
                {t(`plans:run.${run.state}`)} · {run.done}/{run.total}
              </span>
            </button>
          ))}
        </section>
      )}
      <Notes incident={incident} />
    </div>
  );
}
