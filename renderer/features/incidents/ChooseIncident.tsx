import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../desk/act.ts';
import { useDeskStore, useSlice } from '../../desk/DeskProvider.tsx';
import type { OverDetailProps } from '../../desk/feature.ts';
import { useOpenIncidents } from '../../desk/incidents.ts';
import { useWhatAndWhere } from '../../desk/words.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { distance } from '../../ui/format.ts';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import styles from './ChooseIncident.module.css';
import { candidates, ruleOf } from './candidates.ts';
import { incidentDesk } from './incidentDesk.ts';

/** The incidents that the selected alarm may join, or the selected incident be merged with, in place of the detail. */
export function ChooseOverDetail({ subject, children }: OverDetailProps) {
  const choosingFor = useSlice(incidentDesk, (state) => state.choosingFor);
  const { selection, alarm, incident } = subject;
  if (choosingFor === null || choosingFor !== selection?.id) return children;
  if (selection.kind === 'alarm' && alarm)
    return (
      <ChooseIncident
        about={{ id: alarm.incident ?? alarm.id, place: alarm.place, rule: alarm.rule, at: alarm.raisedAt }}
        thing={alarm}
        join={alarm.id}
      />
    );
  if (selection.kind === 'incident' && incident)
    return (
      <ChooseIncident
        about={{ id: incident.id, place: incident.place, rule: ruleOf(incident.alarm), at: incident.openedAt }}
        thing={incident}
        join={null}
      />
    );
  return children;
}

/** Arrows choose, Enter takes, Escape leaves. `join`: the alarm that joins; null: `about` is an incident that is merged. */
function ChooseIncident(props: {
  about: Parameters<typeof candidates>[0];
  thing: Parameters<ReturnType<typeof useWhatAndWhere>>[0];
  join: string | null;
}) {
  const { about, thing, join } = props;
  const { id, rule, at } = about;
  const { lon, lat } = about.place;
  const { t } = useTranslation();
  const desk = useDeskStore();
  const whatAndWhere = useWhatAndWhere();
  const { act, busy, failure } = useAct({ beside: true });
  const open = useOpenIncidents();
  const list = useId();
  const found = useMemo(() => candidates({ id, rule, at, place: { lon, lat } }, open), [id, rule, at, lon, lat, open]);
  const [marked, setMarked] = useState<string | null>(null);
  const chosen = found.find(({ incident }) => incident.id === marked) ?? found[0];
  const title = t(join === null ? 'incidents:choose.merge' : 'incidents:choose.join');

  const close = () => desk.getState().setIn(incidentDesk, { choosingFor: null });
  const move = (by: number) => {
    const to = found.indexOf(chosen as (typeof found)[number]) + by;
    setMarked(found[Math.min(found.length - 1, Math.max(0, to))]?.incident.id ?? null);
  };
  const take = async (incident: string | undefined) => {
    if (incident === undefined) return;
    const answer =
      join === null
        ? await act('incidents.merge', { incident: id, other: incident })
        : (await act('incidents.join', { incident, alarm: join })) && { incident };
    if (!answer) return;
    close();
    desk.getState().select({ kind: 'incident', id: answer.incident, at: null });
  };
  const keys = { scope: 'detail', overControl: true, label: 'incidents:key.choose' } as const;
  useShortcuts([
    { ...keys, id: 'choose.up', keys: ['arrowup'], unlisted: true, run: () => move(-1) },
    { ...keys, id: 'choose.down', keys: ['arrowdown'], run: () => move(1) },
    { ...keys, id: 'choose.take', keys: ['enter'], label: title, run: () => void take(chosen?.incident.id) },
    { ...keys, id: 'choose.leave', keys: ['escape'], label: 'incidents:key.leave', run: close },
  ]);
  useEffect(() => {
    document.querySelector(`[id="${list}"] [aria-selected=true]`)?.scrollIntoView({ block: 'nearest' });
  });

  return (
    <section className={styles.choose} aria-label={title}>
      <header className={styles.head}>
        <div>
          <strong>{title}</strong> <span className={styles.dim}>{whatAndWhere(thing)}</span>
        </div>
        <ActionButton icon={<IconX />} keys="escape" onClick={close}>
          {t('common:action.cancel')}
        </ActionButton>
      </header>
      {failure !== null && <ErrorNote error={failure} reveal />}
      {found.length === 0 ? (
        <EmptyState title={t('incidents:choose.none')} />
      ) : (
        <div
          id={list}
          className={styles.list}
          role="listbox"
          tabIndex={0}
          aria-label={title}
          aria-activedescendant={chosen && `${list}-${chosen.incident.id}`}
        >
          {found.map(({ incident, metres, sameRule, fits }) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and says which is chosen
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
            <div
              key={incident.id}
              id={`${list}-${incident.id}`}
              className={styles.candidate}
              role="option"
              aria-selected={incident.id === chosen?.incident.id}
              onClick={() => setMarked(incident.id)}
              onDoubleClick={() => void take(incident.id)}
            >
              <span className={styles.row}>
                <LevelBadge level={incident.level} />
                <strong className={styles.name}>{whatAndWhere(incident)}</strong>
                <span className={styles.grow} />
                <Age since={incident.openedAt} />
              </span>
              <span className={styles.row} data-fits={fits || undefined}>
                {fits ? (
                  <IconCheck size="0.875rem" aria-hidden="true" />
                ) : (
                  <IconMinus size="0.875rem" aria-hidden="true" />
                )}
                <span>{t(fits ? 'incidents:choose.fits' : 'incidents:choose.no-fit')}</span>
                <span>{t('incidents:choose.away', { distance: distance(metres) })}</span>
                {sameRule && <span>{t('incidents:choose.same-rule')}</span>}
              </span>
            </div>
          ))}
        </div>
      )}
      {chosen && (
        <footer className={styles.foot}>
          <ActionButton
            primary
            keys="enter"
            busy={busy.has('incidents.join') || busy.has('incidents.merge')}
            onClick={() => void take(chosen.incident.id)}
          >
            {t(join === null ? 'incidents:action.merge' : 'incidents:action.join')}
          </ActionButton>
          <span className={styles.dim}>
            {t(join === null ? 'incidents:choose.older' : 'incidents:choose.acknowledges')}
          </span>
        </footer>
      )}
    </section>
  );
}
