import { useEffect, useRef, useState } from 'react';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { useDrafts } from '../../desk/DraftsProvider.tsx';
import type { PanelRegion } from '../../desk/desk.ts';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import type { Place } from '../../desk/feature.ts';
import type { Need } from '../../desk/layout.ts';
import { useScale } from '../../desk/useScale.ts';
import { type Kept, keptUnder, readKept } from './kept.ts';
import { createSettling } from './settling.ts';
import { heightInRem, type Needs, SITUATIONS, type Splits, situationOf, splitsFor } from './splits.ts';

const TOUCHES = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** How the workspace of this window is divided now. */
export interface Layout {
  readonly splits: Splits;
  /** Sizes under the pointer, while it drags. */
  resize(name: keyof Splits, pair: readonly [number, number]): void;
  /** Sizes set by hand: they stay, for this seat and what goes on now. */
  keep(name: keyof Splits, pair: readonly [number, number]): void;
}

/**
 * Divides the workspace by what goes on, or for the situation that a person chose.
 *
 * @param elsewhere regions that stand in windows of their own
 */
export function useLayout(elsewhere: ReadonlySet<PanelRegion>): Layout {
  const seat = useDesk((desk) => desk.seat);
  const layout = useDesk((desk) => desk.layout);
  const scale = useScale(); // A window of another height draws anew by it.
  const collapsed = useDesk((desk) => desk.collapsed);
  const asked = useNeeds(elsewhere);
  // A form is opened and left by a key: it has room at once, and what was there before has it again.
  const form = asked.below === 3;
  const settled = useSettled(form ? { ...asked, below: 1 } : asked);
  const [sizes, setSizes] = useState<Kept['sizes']>(() => readKept(localStorage.getItem(keptUnder(seat))).sizes);
  const [moving, setMoving] = useState<Partial<Splits>>({});

  const going = layout === 'auto' ? settled : SITUATIONS[layout];
  const needs: Needs = form ? { ...going, below: 3 } : going;
  const situation = situationOf(needs);
  useEffect(() => {
    localStorage.setItem(keptUnder(seat), JSON.stringify({ layout, sizes, collapsed } satisfies Kept));
  }, [seat, layout, sizes, collapsed]);

  return {
    splits: { ...splitsFor(needs, seat, heightInRem(window.innerHeight, scale)), ...sizes[situation], ...moving },
    resize: (name, pair) => setMoving((before) => ({ ...before, [name]: pair })),
    keep(name, pair) {
      setSizes((before) => ({ ...before, [situation]: { ...before[situation], [name]: pair } }));
      setMoving({});
    },
  };
}

/** What the regions at the edge ask for. */
function useNeeds(elsewhere: ReadonlySet<PanelRegion>): Needs {
  const { regions } = useFeatures();
  // The features of a window never change, so neither do their hooks.
  const all = regions.map(({ id, place, useNeed: hook = something }) => ({ id, place, need: hook() }));
  /** The most that any region at the place asks for: others stand behind it, and come to the front. */
  const of = (place: Place): Need => {
    const here = all.filter((each) => each.place === place && !elsewhere.has(each.id));
    return Math.max(0, ...here.map(({ need }) => need)) as Need;
  };
  return { above: of('beside-above'), below: of('beside-below'), left: of('foot-left'), right: of('foot-right') };
}

const something = (): Need => 1;

/** What is asked for, once the hands rest. */
function useSettled(asked: Needs): Needs {
  const drafts = useDrafts();
  const [settled, setSettled] = useState(asked);
  const first = useRef(asked);
  const [settling] = useState(() =>
    createSettling({
      writing: () => drafts.writing(),
      settle: setSettled,
      now: () => performance.now(),
      setTimeout(fn, ms) {
        const timer = setTimeout(fn, ms);
        return () => clearTimeout(timer);
      },
      first: first.current,
    }),
  );
  const situation = situationOf(asked);
  const last = useRef(asked);
  last.current = asked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same needs are not asked for twice
  useEffect(() => settling.asked(last.current), [settling, situation]);
  useEffect(() => {
    for (const name of TOUCHES) addEventListener(name, settling.touched, { capture: true, passive: true });
    return () => {
      for (const name of TOUCHES) removeEventListener(name, settling.touched, { capture: true });
      settling.stop();
    };
  }, [settling]);
  return settled;
}
