import {
  IconAlarm,
  IconArrowsSplit2,
  IconBan,
  IconCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconEye,
  IconPlayerSkipForward,
  IconPointFilled,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StepState as State, StepView } from '../../../contract/features/plans.ts';
import { Countdown } from '../../ui/Age.tsx';
import { clockTime } from '../../ui/format.ts';
import styles from './Step.module.css';
import { deadline, isOpen } from './stepActions.ts';

const ICONS: Record<State, typeof IconCheck> = {
  waiting: IconCircleDashed,
  ready: IconPointFilled,
  acknowledged: IconEye,
  started: IconCircleHalf2,
  done: IconCheck,
  skipped: IconPlayerSkipForward,
  'not-taken': IconBan,
};

/** A step's state as shape and word. */
export function StepStateLabel({ step }: { step: StepView }) {
  const { t } = useTranslation();
  const late = isOpen(step) && step.overdue !== 'no';
  const Icon = late ? IconAlarm : step.kind === 'decision' && isOpen(step) ? IconArrowsSplit2 : ICONS[step.state];
  const word = late
    ? t(`plans:overdue.${step.overdue}`)
    : step.kind === 'decision' && isOpen(step)
      ? t('plans:state.decide')
      : t(`plans:state.${step.state}`);
  return (
    <span className={styles.stepState} data-late={late || undefined} data-state={step.state}>
      <Icon size="0.875rem" aria-hidden="true" />
      {word}
    </span>
  );
}

/** The time that matters now: left until a deadline, or when it was finished. */
export function StepTime({ step, worded = false }: { step: StepView; worded?: boolean }) {
  const { t } = useTranslation();
  const due = deadline(step);
  if (due) {
    const words = { left: t(`plans:due.${due.kind}`), late: t(`plans:late.${due.kind}`) };
    return <Countdown until={due.at} {...(worded ? { words } : {})} />;
  }
  if (step.finished) return <span>{clockTime(step.finished.at)}</span>;
  return null;
}
