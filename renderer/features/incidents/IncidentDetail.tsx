import { IconDeviceCctv, IconFlag, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { IncidentView } from '../../../contract/features/incidents.ts';
import type { Level } from '../../../contract/schema/basics.ts';
import { NUMERAL } from '../../../core/words.ts';
import { useTopic } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useActions } from '../../desk/actions.ts';
import { useDeskStore, useSelect } from '../../desk/DeskProvider.tsx';
import { useForm } from '../../desk/DraftsProvider.tsx';
import { Conflicts } from '../../desk/detail/ConflictCard.tsx';
import styles from '../../desk/detail/Detail.module.css';
import { DetailHead, Facts } from '../../desk/detail/Facts.tsx';
import { NotUnderstood } from '../../desk/detail/NotUnderstood.tsx';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import { useMay } from '../../desk/rights.ts';
import { useRunLines } from '../../desk/runs.ts';
import { Who } from '../../desk/Who.tsx';
import { useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import { clockTime, dateTime, position } from '../../ui/format.ts';
import { LevelBadge, LevelShape } from '../../ui/LevelBadge.tsx';
import { Notes } from './Notes.tsx';

const LEVELS: readonly Level[] = [1, 2, 3, 4];

/** One incident: its level and who set it, its runs, its notes. */
export function IncidentDetail({ incident }: { incident: IncidentView }) {
  const { t, i18n } = useTranslation();
  const { text } = useLang();
  const { act, busy, failure } = useAct({ beside: true });
  const may = useMay();
  const actions = useActions();
  const select = useSelect();
  const desk = useDeskStore();
  const whatAndWhere = useWhatAndWhere();
  const alarms = useTopic('alarms');
  const mine = useRunLines(incident.id);
  const alarm = incident.alarm ? alarms.get(incident.alarm) : undefined;
  const open = incident.state === 'open';
  const name = whatAndWhere(incident);
  const levelWhy = (level: Level) => t('detail:incident.level-why', { level: t(`common:level.long.${level}`) });
  const closing = useForm(incident.id, 'close', `${t('detail:incident.close')} · ${name}`);
  const levels = {
    1: useForm(incident.id, 'level-1', `${levelWhy(1)} · ${name}`),
    2: useForm(incident.id, 'level-2', `${levelWhy(2)} · ${name}`),
    3: useForm(incident.id, 'level-3', `${levelWhy(3)} · ${name}`),
    4: useForm(incident.id, 'level-4', `${levelWhy(4)} · ${name}`),
  };
  /** One form at a time; what was written in the others is kept. */
  const ask = (form: typeof closing) => {
    for (const other of [closing, ...LEVELS.map((level) => levels[level])]) if (other.open) other.leave();
    form.show();
  };
  const typeKey = `detail:type.${incident.type}`;

  return (
    <div className={styles.body}>
      <DetailHead
        kind={`${t('detail:kind.incident')} · ${i18n.exists(typeKey) ? t(typeKey) : incident.type}`}
        title={whatAndWhere(incident)}
        badge={<LevelBadge level={incident.level} long />}
      />
      <NotUnderstood subject={incident.id} />
      <div className={styles.buttons} data-action>
        {open && may.call('runs.launch') && (
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
        {open && may.call('incidents.close') && (
          <ActionButton icon={<IconFlag />} onClick={() => ask(closing)}>
            {t('detail:incident.close')}
          </ActionButton>
        )}
      </div>
      {closing.open && (
        <ReasonForm
          form={closing}
          label={t('detail:incident.close-why')}
          submit={t('detail:incident.close')}
          over={open ? null : t('detail:incident.over')}
          failure={failure}
          onSubmit={async (reason) => (await act('incidents.close', { incident: incident.id, reason })) !== undefined}
        />
      )}
      {LEVELS.filter((level) => levels[level].open).map((level) => (
        <ReasonForm
          key={level}
          form={levels[level]}
          label={levelWhy(level)}
          submit={t('detail:incident.set-level')}
          busy={busy.has('incidents.setLevel')}
          over={!open ? t('detail:incident.over') : level === incident.level ? t('detail:incident.level-over') : null}
          failure={failure}
          onSubmit={async (reason) =>
            (await act('incidents.setLevel', { incident: incident.id, level, reason })) !== undefined
          }
        />
      ))}
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
                    disabled={
                      !open ||
                      !may.call('incidents.setLevel') ||
                      level === incident.level ||
                      busy.has('incidents.setLevel')
                    }
                    title={t(`common:level.long.${level}`)}
                    aria-label={t(`common:level.long.${level}`)}
                    onClick={() => ask(levels[level])}
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
