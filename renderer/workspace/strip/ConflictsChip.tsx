import { Popover } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conflict } from '../../../contract/schema/basics.ts';
import { useQuery, useTopicItems } from '../../bridge/index.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { useIncident } from '../../desk/incidents.ts';
import type { Selection } from '../../desk/selection.ts';
import { useDecisionWords, useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import drop from './Drop.module.css';
import styles from './Strip.module.css';

/** Incidents listed with both values of each; those beyond are counted. */
const LISTED = 20;

/** How many things two stations decided differently and nobody has looked at; each leads to both values. */
export function ConflictsChip() {
  const { t } = useTranslation();
  const { text } = useLang();
  const whatAndWhere = useWhatAndWhere();
  const alarms = useTopicItems('alarms', disputed);
  const runs = useTopicItems('runs', disputed);
  const incidents = useQuery('incidents.list', { unseen: true }).rows ?? [];
  const open = useMemo(
    () => [
      ...alarms.flatMap((it) =>
        unseen(it.conflicts).map((conflict) => ({
          kind: 'alarm' as const,
          id: it.id,
          name: whatAndWhere(it),
          conflict,
        })),
      ),
      ...runs.flatMap((it) =>
        unseen(it.conflicts).map((conflict) => ({ kind: 'run' as const, id: it.id, name: text(it.name), conflict })),
      ),
    ],
    [alarms, runs, text, whatAndWhere],
  );
  const count = incidents.reduce((sum, incident) => sum + incident.unseen, open.length);
  if (count === 0) return null;
  return (
    <Popover position="bottom-end" width={420} withinPortal>
      <Popover.Target>
        <button type="button" className={styles.chipButton} data-strong>
          <IconGitCompare size="0.9375rem" aria-hidden="true" />
          <span className={styles.words}>{t('strip:conflicts', { count })}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={drop.drop ?? ''}>
        <h3>{t('strip:conflicts-title')}</h3>
        <p className={styles.dim}>{t('strip:conflicts-means')}</p>
        {open.map((thing) => (
          <BothValues key={`${thing.id}/${thing.conflict.id}`} {...thing} />
        ))}
        {incidents.slice(0, LISTED).map(({ id }) => (
          <OfIncident key={id} id={id} />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

const unseen = (conflicts: readonly Conflict[]) => conflicts.filter((conflict) => conflict.seen === null);
const disputed = ({ conflicts }: { readonly conflicts: readonly Conflict[] }) => unseen(conflicts).length > 0;

function OfIncident({ id }: { id: string }) {
  const whatAndWhere = useWhatAndWhere();
  const incident = useIncident(id);
  if (!incident) return null;
  return unseen(incident.conflicts).map((conflict) => (
    <BothValues key={conflict.id} kind="incident" id={id} name={whatAndWhere(incident)} conflict={conflict} />
  ));
}

function BothValues(props: Pick<Selection, 'kind' | 'id'> & { name: string; conflict: Conflict }) {
  const { kind, id, name, conflict } = props;
  const select = useSelect();
  const words = useDecisionWords();
  return (
    <button type="button" className={drop.row2} onClick={() => select({ kind, id, at: null })}>
      <strong>{name}</strong>
      <span>
        {words.field(conflict.field)}:{' '}
        {conflict.values.map((side) => words.value(conflict.field, side.value)).join(' ≠ ')}
      </span>
    </button>
  );
}
