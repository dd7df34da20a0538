import { IconGitCompare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../contract/features/plans.ts';
import type { Conflict } from '../../../contract/schema/basics.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { clockTime } from '../../ui/format.ts';
import { useAct } from '../act.ts';
import { useMay } from '../rights.ts';
import { Who } from '../Who.tsx';
import { useDecisionWords } from '../words.ts';
import styles from './Conflict.module.css';

const NO_STEPS: readonly StepView[] = [];

/** Two stations decided differently while apart: both values, who stands and by what rule, until somebody has seen it. */
function ConflictCard({ conflict, steps }: { conflict: Conflict; steps: readonly StepView[] }) {
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const may = useMay();
  const words = useDecisionWords(steps);
  if (conflict.seen !== null) return null;
  return (
    <section className={styles.conflict} aria-label={t('detail:conflict.title')}>
      <header className={styles.conflictHead}>
        <IconGitCompare size="1.0625rem" aria-hidden="true" />
        <strong>{t('detail:conflict.title')}</strong>
        <span>{words.field(conflict.field)}</span>
        <span className={styles.conflictWhy} title={t('detail:conflict.why')}>
          {t('detail:conflict.why')}
        </span>
      </header>
      <div className={styles.versus}>
        {conflict.values.map((side, i) => (
          <div key={side.by.event} className={styles.side} data-stands={i === conflict.stands || undefined}>
            <div className={styles.sideValue}>{words.value(conflict.field, side.value)}</div>
            <div className={styles.sideBy}>
              <Who {...side.by} /> · {clockTime(side.by.at)}
            </div>
            {side.why !== undefined && <div className={styles.sideWhy}>{side.why}</div>}
            <div className={styles.sideStands}>
              {i === conflict.stands ? t('detail:conflict.stands') : t('detail:conflict.kept')}
            </div>
          </div>
        ))}
      </div>
      <div className={styles.conflictFoot}>
        <span>{t('detail:conflict.rule', { rule: words.rule(conflict.rule) })}</span>
        {may.call('conflicts.seen') && (
          <ActionButton
            primary
            busy={busy.has('conflicts.seen')}
            onClick={() => void act('conflicts.seen', { subject: conflict.subject, conflict: conflict.id })}
          >
            {t('detail:conflict.seen')}
          </ActionButton>
        )}
      </div>
      {failure !== null && <ErrorNote error={failure} reveal />}
    </section>
  );
}

/** Every conflict nobody has seen. `steps`: those of the run it is about, for their names. */
export function Conflicts({
  conflicts,
  steps = NO_STEPS,
}: {
  conflicts: readonly Conflict[];
  steps?: readonly StepView[];
}) {
  return conflicts.map((conflict) => <ConflictCard key={conflict.id} conflict={conflict} steps={steps} />);
}
