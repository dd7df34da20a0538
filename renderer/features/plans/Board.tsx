import { useElementSize } from '@mantine/hooks';
import { memo, useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunView } from '../../../contract/features/plans.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useScale } from '../../desk/useScale.ts';
import { useDepartmentName } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import styles from './Board.module.css';
import { GAP_X, GAP_Y, LANE_WIDTH, measure, PAD } from './boardMeasure.ts';
import { layOut } from './layout.ts';
import { progressOf, useProgressText } from './Progress.tsx';
import { planDesk } from './planDesk.ts';
import { StepCard } from './StepCard.tsx';

/** A lower lane has its department's name in one line. */
const TWO_LINE_LANE = 53;

/** The lanes of a run: a row per department, a column per depth of dependency, lines from what is needed to what needs it. */
export const Board = memo(function Board(props: {
  run: RunView;
  /** The step that is marked. */
  step: string | null;
  /** Whether all of it fills the room, larger or smaller, because nobody can scroll there. */
  fill?: boolean;
}) {
  const { run, step, fill = false } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const desk = useDeskStore();
  const departmentName = useDepartmentName();
  const progressText = useProgressText();
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const layout = useMemo(() => layOut(run), [run]);
  const scale = useScale();
  const m = measure(layout, { width: width / scale, height: height / scale }, fill);
  const pick = useCallback((id: string) => desk.getState().setIn(planDesk, { step: id }), [desk]);
  const box = (id: string) => {
    const place = layout.places.get(id);
    return {
      left: LANE_WIDTH + PAD + (place?.column ?? 0) * (m.cardWidth + GAP_X),
      top: (m.laneTops[place?.lane ?? 0] ?? 0) + (place?.slot ?? 0) * (m.cardHeight + GAP_Y) + GAP_Y / 2,
      width: m.cardWidth,
      height: m.cardHeight,
    };
  };
  const byId = useMemo(() => new Map(run.steps.map((item) => [item.id, item])), [run.steps]);

  useEffect(() => {
    if (step === null) return;
    document
      .querySelector(`[data-step="${CSS.escape(step)}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [step]);

  const rem = (n: number) => `${n / 16}rem`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a form
    <div className={styles.board} ref={ref} role="group" aria-label={t('plans:board', { name: text(run.name) })}>
      <div
        className={styles.boardInner}
        data-fill={fill || undefined}
        style={{ width: rem(m.width), height: rem(m.height), zoom: m.zoom }}
      >
        {run.lanes.map((lane, i) => {
          const mine = run.steps.filter((item) => item.lane === lane.id);
          return (
            <div
              key={lane.id}
              className={styles.lane}
              data-odd={i % 2 === 1 || undefined}
              data-tight={(layout.slots[i] ?? 1) * m.cardHeight < TWO_LINE_LANE || undefined}
              style={{
                top: rem(m.laneTops[i] ?? 0),
                height: rem((layout.slots[i] ?? 1) * (m.cardHeight + GAP_Y)),
                width: rem(Math.max(m.width, width / scale / m.zoom)),
              }}
            >
              <div className={styles.laneHead} style={{ width: rem(LANE_WIDTH) }}>
                <span className={styles.laneName} title={text(lane.title)}>
                  {departmentName(lane.department)}
                </span>
                <span className={styles.laneCount}>{progressText(progressOf(mine))}</span>
              </div>
            </div>
          );
        })}
        <svg
          className={styles.edges}
          viewBox={`0 0 ${m.width} ${m.height}`}
          style={{ width: rem(m.width), height: rem(m.height) }}
          aria-hidden="true"
        >
          {layout.edges.map(([from, to]) => {
            const a = box(from);
            const b = box(to);
            const x1 = a.left + a.width;
            const y1 = a.top + a.height / 2;
            const y2 = b.top + b.height / 2;
            const turned = x1 + GAP_X;
            const passed = byId.get(from)?.state === 'done';
            const dead = byId.get(to)?.state === 'not-taken';
            const lit = step === from || step === to;
            return (
              <path
                key={`${from}>${to}`}
                data-passed={passed || undefined}
                data-dead={dead || undefined}
                data-lit={lit || undefined}
                d={`M${x1},${y1} C${x1 + GAP_X * 0.7},${y1} ${x1 + GAP_X * 0.3},${y2} ${turned},${y2} H${b.left}`}
              />
            );
          })}
        </svg>
        {run.steps
          .filter((item) => layout.places.has(item.id))
          .map((item) => (
            <StepCard key={item.id} step={item} current={item.id === step} box={box(item.id)} onPick={pick} />
          ))}
      </div>
    </div>
  );
});
