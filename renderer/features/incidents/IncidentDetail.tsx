import { IconFlag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { IncidentView } from '../../../contract/features/incidents.ts';
import type { Level } from '../../../contract/schema/basics.ts';
import { NUMERAL } from '../../../core/words.ts';
import { useTopic } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { useForm } from '../../desk/DraftsProvider.tsx';
import { Conflicts } from '../../desk/detail/ConflictCard.tsx';
import styles from '../../desk/detail/Detail.module.css';
import { DetailSections } from '../../desk/detail/DetailSections.tsx';
import { DetailHead, Facts } from '../../desk/detail/Facts.tsx';
import { NotUnderstood } from '../../desk/detail/NotUnderstood.tsx';
import { SubjectActions } from '../../desk/detail/SubjectActions.tsx';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import { useMay } from '../../desk/rights.ts';
import { WhichIncident } from '../../desk/WhichIncident.tsx';
import { Who } from '../../desk/Who.tsx';
import { useWhatAndWhere } from '../../desk/words.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import { age, clockTime, dateTime, position } from '../../ui/format.ts';
import { LevelBadge, LevelShape } from '../../ui/LevelBadge.tsx';
import { Notes } from './Notes.tsx';
import { useKindName } from './words.ts';

const LEVELS: readonly Level[] = [1, 2, 3, 4];

/** One incident: its level and who set it, its runs, its notes. */
export function IncidentDetail({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const may = useMay();
  const select = useSelect();
  const whatAndWhere = useWhatAndWhere();
  const alarms = useTopic('alarms');
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
  const kindName = useKindName();

  return (
    <div className={styles.body}>
      <DetailHead
        kind={`${t('detail:kind.incident')} · ${kindName(incident.type)}`}
        title={whatAndWhere(incident)}
        badge={
          <span className={styles.levelRow}>
            <WhichIncident id={incident.id} />
            <LevelBadge level={incident.level} long />
          </span>
        }
      />
      <NotUnderstood subject={incident.id} />
      <div className={styles.buttons} data-action>
        <SubjectActions />
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
              {dateTime(incident.openedAt)} ·{' '}
              {incident.closedAt === null ? (
                <Age since={incident.openedAt} />
              ) : (
                t('incidents:lasted', { time: age(incident.closedAt - incident.openedAt) })
              )}
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
      <DetailSections of="incident" />
      <Notes incident={incident} />
    </div>
  );
}
