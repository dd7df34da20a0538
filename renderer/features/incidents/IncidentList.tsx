import { IconUrgent } from '@tabler/icons-react';
import { useEffect, useId } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useActions } from '../../desk/actions.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useSubject } from '../../desk/useSubject.ts';
import { useSeatName, useWhatAndWhere } from '../../desk/words.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { Age } from '../../ui/Age.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import styles from './IncidentList.module.css';
import type { IncidentLine } from './lines.ts';
import { useGoToIncident } from './useIncidentKeys.ts';
import { useLines } from './useLines.ts';
import { useKindName } from './words.ts';

/** Every open incident, the worst first: whose it is, what goes on for it, what is new, and the key for what comes next. */
export function IncidentList() {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const lines = useLines();
  const { incident } = useSubject();
  const actions = useActions();
  const go = useGoToIncident();
  const list = useId();
  const chosen = lines.find((line) => line.incident.id === incident?.id);
  useLeavesWithTheAttention();

  const key = { scope: 'incidents', overControl: true } as const;
  useShortcuts([
    { ...key, id: 'incidents.up', keys: ['arrowup'], label: 'incidents:key.choose', unlisted: true, run: () => go(-1) },
    { ...key, id: 'incidents.down', keys: ['arrowdown'], label: 'incidents:key.choose', run: () => go(1) },
    {
      ...key,
      ...{ id: 'incidents.see', keys: ['enter'], label: 'incidents:key.see' },
      enabled: () => chosen !== undefined,
      run: () => actions.focusRegion('detail'),
    },
  ]);
  useEffect(() => {
    document.querySelector(`[id="${list}"] [aria-selected=true]`)?.scrollIntoView({ block: 'nearest' });
  });

  if (lines.length === 0)
    return (
      <EmptyState
        icon={<IconUrgent size="2rem" stroke={1.4} />}
        title={t('incidents:list.empty')}
        hint={
          <Trans i18nKey="incidents:list.empty-hint" components={{ e: <Kbd keys="enter" />, n: <Kbd keys="n" /> }} />
        }
      />
    );
  return (
    <div
      id={list}
      className={styles.list}
      role="listbox"
      tabIndex={0}
      aria-label={t('incidents:list.title')}
      aria-activedescendant={chosen && `${list}-${chosen.incident.id}`}
    >
      {lines.map((line) => (
        <Line
          key={line.incident.id}
          id={`${list}-${line.incident.id}`}
          line={line}
          chosen={line === chosen}
          onChoose={() => {
            const { id, place } = line.incident;
            desk.getState().select({ kind: 'incident', id, at: { lon: place.lon, lat: place.lat } });
          }}
        />
      ))}
    </div>
  );
}

function Line(props: { id: string; line: IncidentLine; chosen: boolean; onChoose: () => void }) {
  const { incident, runs, overdue, unread, next } = props.line;
  const { t } = useTranslation();
  const kindName = useKindName();
  const whatAndWhere = useWhatAndWhere();
  const seatName = useSeatName();
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and says which is chosen
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
    <div id={props.id} className={styles.line} role="option" aria-selected={props.chosen} onClick={props.onChoose}>
      <span className={styles.first}>
        <LevelBadge level={incident.level} />
        <strong className={styles.name}>{whatAndWhere(incident)}</strong>
        {unread > 0 && <span className={styles.unread}>{t('incidents:list.unread', { count: unread })}</span>}
        <span className={styles.grow} />
        <Age since={incident.openedAt} />
      </span>
      <span className={styles.second}>
        <span>{kindName(incident.type)}</span>
        <span>{t('incidents:list.owner', { seat: seatName(incident.owner) })}</span>
        <span>{t('incidents:list.runs', { count: runs })}</span>
        {overdue > 0 && <span className={styles.overdue}>{t('incidents:list.overdue', { count: overdue })}</span>}
        <span className={styles.grow} />
        <span className={styles.next}>
          {t(`incidents:next.${next}`)} <Kbd keys={next} quiet />
        </span>
      </span>
    </div>
  );
}

/** What is chosen elsewhere comes to the front at the place that this list shares; what is chosen in the list leaves it there. */
function useLeavesWithTheAttention(): void {
  const desk = useDeskStore();
  useEffect(
    () =>
      desk.subscribe((now, before) => {
        if (now.selection === before.selection || now.selection === null) return;
        if (now.activeRegion !== 'incidents') desk.getState().set({ front: {} });
      }),
    [desk],
  );
}
