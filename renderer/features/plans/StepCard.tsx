import { IconArrowBigUpLines, IconTruck } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../contract/features/plans.ts';
import { useSeatName } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import styles from './Board.module.css';
import stepStyles from './Step.module.css';
import { StepStateLabel, StepTime } from './StepState.tsx';
import { isOpen } from './stepActions.ts';

/** From this height on, in pixels, a title has room for two lines. */
const TWO_LINES = 53;
/** From this height on there is room, too, for whom it went up to. */
const THREE_LINES = 92;
/** From this height on there is room for reading size. */
const ROOMY = 84;

/** A step on the board. */
export const StepCard = memo(function StepCard(props: {
  step: StepView;
  current: boolean;
  box: { left: number; top: number; width: number; height: number };
  onPick: (step: string) => void;
}) {
  const { step, current, box } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const chosen = step.options.find((option) => option.id === step.chosen);
  const seatName = useSeatName();
  const roomy = box.height >= ROOMY;
  const late = isOpen(step) && step.overdue !== 'no';
  const said = box.height >= THREE_LINES;
  const escalated = late && step.escalatedTo !== null;
  return (
    <button
      type="button"
      className={styles.card}
      data-step={step.id}
      data-state={step.state}
      data-kind={step.kind}
      data-late={late || undefined}
      data-tight={box.height < TWO_LINES || undefined}
      data-roomy={roomy || undefined}
      aria-pressed={current}
      tabIndex={current ? 0 : -1}
      title={text(step.title)}
      style={{
        left: `${box.left / 16}rem`,
        top: `${box.top / 16}rem`,
        width: `${box.width / 16}rem`,
        height: `${box.height / 16}rem`,
      }}
      onClick={() => props.onPick(step.id)}
      onFocus={() => props.onPick(step.id)}
    >
      <span className={styles.cardTitle}>{text(step.title)}</span>
      {escalated && said && (
        <span className={styles.cardEscalated}>
          <IconArrowBigUpLines size="0.875rem" aria-hidden="true" />
          <span>{t('plans:escalated-to', { to: seatName(step.escalatedTo ?? '') })}</span>
        </span>
      )}
      <span className={styles.cardFoot}>
        {chosen && step.state === 'done' ? (
          <span className={stepStyles.stepState} data-state="done">
            → {text(chosen.title)}
          </span>
        ) : (
          <StepStateLabel step={step} />
        )}
        {escalated && !said && (
          <IconArrowBigUpLines
            size="0.875rem"
            className={styles.escalated}
            aria-label={t('plans:escalated', { to: seatName(step.escalatedTo ?? '') })}
          />
        )}
        {step.units.length > 0 && (
          <span className={styles.cardUnits} title={step.units.map(({ name }) => name).join(' · ')}>
            <IconTruck size="0.875rem" aria-label={t('plans:units.sent')} />
            <span>
              {step.units[0]?.name}
              {step.units.length > 1 && ` +${step.units.length - 1}`}
            </span>
          </span>
        )}
        <span className={styles.cardTime}>
          <StepTime step={step} />
        </span>
      </span>
    </button>
  );
});
