import { IconTruck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunView, StepView } from '../../../contract/features/plans.ts';
import { useAct } from '../../desk/act.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from './StepUnits.module.css';
import { UnitChoice } from './UnitChoice.tsx';
import { UnitOnTheWay } from './UnitOnTheWay.tsx';
import { mayBeSent, type Spot } from './unitWay.ts';

/** Who is sent for a step, how far each is, and whom else one may send: the nearest units, by key. */
export function StepUnits(props: {
  run: RunView;
  step: StepView;
  /** Where its incident is; null while that is not known. */
  place: Spot | null;
  /** Whether this seat acts on the step. */
  acts: boolean;
  onTouch: () => void;
  large?: boolean;
  keys?: boolean;
}) {
  const { run, step, place, acts, onTouch, large = false, keys = true } = props;
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const [choosing, setChoosing] = useState(false);
  const going = run.state === 'running';
  const can = acts && going && place !== null && mayBeSent(step);
  const at = { run: run.id, step: step.id };
  const choose = () => {
    onTouch();
    setChoosing(true);
  };
  const leave = () => setChoosing(false);

  useShortcuts([
    {
      id: `step.send.${keys}`,
      keys: ['d'],
      scope: 'plan',
      label: 'plans:key.step.send',
      unlisted: !keys,
      enabled: () => keys && can && !choosing,
      run: choose,
    },
  ]);

  if (step.units.length === 0 && !can) return null;
  return (
    <div className={styles.units}>
      {step.units.length > 0 && (
        <ul className={styles.sent} aria-label={t('plans:units.sent')}>
          {step.units.map((unit) => (
            <li key={unit.unit}>
              <UnitOnTheWay unit={unit} place={going && mayBeSent(step) ? place : null} />
              {acts && going && (
                <button
                  type="button"
                  className={styles.release}
                  aria-label={t('plans:units.release', { name: unit.name })}
                  disabled={busy.has('runs.releaseUnit')}
                  onClick={() => void act('runs.releaseUnit', { ...at, unit: unit.unit })}
                >
                  <IconX size="0.875rem" aria-hidden="true" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {can && !choosing && (
        <ActionButton icon={<IconTruck />} large={large} onClick={choose} {...(keys ? { keys: 'd' } : {})}>
          {t('plans:units.send')}
        </ActionButton>
      )}
      {can && choosing && (
        <UnitChoice
          place={place}
          department={step.department}
          sent={step.units.map(({ unit }) => unit)}
          onChoose={async (unit) => {
            if ((await act('runs.assignUnit', { ...at, unit })) !== undefined) leave();
          }}
          onLeave={leave}
        />
      )}
      {failure !== null && <ErrorNote error={failure} reveal />}
    </div>
  );
}
