import { IconFlag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { IncidentView } from '../../../contract/features/incidents.ts';
import type { Level } from '../../../contract/schema/basics.ts';
import { NUMERAL } from '../../../core/words.ts';
import { useAct } from '../../desk/act.ts';
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
import { useSeatName, useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import { age, clockTime, dateTime, position } from '../../ui/format.ts';
import { LevelBadge, LevelShape } from '../../ui/LevelBadge.tsx';
import { Belonging, Named, told } from './Belonging.tsx';
import { Notes } from './Notes.tsx';
import { useKindName } from './words.ts';

const LEVELS: readonly Level[] = [1, 2, 3, 4];

/** One incident: its level and who set it, its runs, its notes. */
export function IncidentDetail({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation();
  const { lang } = useLang();
  const { act, busy, failure } = useAct({ beside: true });
  const may = useMay();
  const whatAndWhere = useWhatAndWhere();
  const seatName = useSeatName();
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
  const reopening = useForm(incident.id, 'reopen', `${t('incidents:action.reopen')} · ${name}`);
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
          twice={t('incidents:twice.close')}
          over={open ? null : t('detail:incident.over')}
          failure={failure}
          onSubmit={async (reason) => (await act('incidents.close', { incident: incident.id, reason })) !== undefined}
        />
      )}
      {reopening.open && (
        <ReasonForm
          form={reopening}
          label={t('incidents:reopen-why')}
          submit={t('incidents:action.reopen')}
          over={incident.state === 'closed' ? null : t('incidents:reopen-over')}
          failure={failure}
          onSubmit={async (reason) => (await act('incidents.reopen', { incident: incident.id, reason })) !== undefined}
        />
      )}
      {LEVELS.filter((level) => levels[level].open).map((level) => (
        <ReasonForm
          key={level}
          form={levels[level]}
          label={levelWhy(level)}
          submit={t('detail:incident.set-level')}
          {...(level > incident.level ? { twice: t('incidents:twice.lower') } : {})}
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
          [
            t('detail:fact.state'),
            <span key="state" className={styles.levelRow}>
              {t(`detail:incident.${incident.state}`)}
              {incident.into !== null && <Named incident={incident.into} />}
            </span>,
          ],
          [t('incidents:owner'), seatName(incident.owner)],
          [
            t('detail:fact.level'),
            <span key="level" className={styles.levelRow}>
              {may.call('incidents.setLevel') ? (
                <span
                  className={styles.levels}
                  data-action
                  role="radiogroup"
                  aria-label={t('detail:incident.set-level')}
                >
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
                      onClick={() => ask(levels[level])}
                    >
                      <LevelShape level={level} />
                      {NUMERAL[level]}
                    </button>
                  ))}
                </span>
              ) : (
                <LevelBadge level={incident.level} long />
              )}
              <span className={styles.dim}>
                <Who {...incident.levelBy} /> · {clockTime(incident.levelBy.at)}
                {incident.levelWhy !== null && ` · ${incident.levelWhy}`}
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
                t('incidents:lasted', { time: age(incident.closedAt - incident.openedAt, lang) })
              )}
            </span>,
          ],
          ...(incident.closedAt !== null ? ([[t('detail:fact.closed'), dateTime(incident.closedAt)]] as const) : []),
          ...(incident.after !== null
            ? ([[t('incidents:after'), <Named key="after" incident={incident.after} />]] as const)
            : []),
          ...told(incident, t),
          [t('detail:fact.position'), position(incident.place.lon, incident.place.lat)],
        ]}
      />
      <Belonging incident={incident} />
      <DetailSections of="incident" />
      <Notes incident={incident} />
    </div>
  );
}
