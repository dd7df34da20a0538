import { Splitter } from '@mantine/core';
import { type ReactNode, useMemo, useRef } from 'react';
import { useDesk } from '../desk/DeskProvider.tsx';
import type { PanelRegion } from '../desk/desk.ts';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import type { Place } from '../desk/feature.ts';
import { useElsewhere } from '../desk/windows.ts';
import { FramedRegion } from './FramedRegion.tsx';
import type { Splits } from './layout/splits.ts';
import { useLayout } from './layout/useLayout.ts';
import { NavRail } from './NavRail.tsx';
import styles from './Workspace.module.css';

/** What shows of a region that is collapsed: its head. */
const HEAD = '2rem';

/** One side of a split: what stands there, and whether it shows its head alone. */
interface Side {
  readonly content: ReactNode;
  readonly collapsed: boolean;
}

/** The whole workstation: each region at the place that its feature declares, without what stands in a window of its own. */
export function Workspace() {
  const elsewhere = useElsewhere();
  const { splits, resize, keep } = useLayout(elsewhere);
  const collapsed = useDesk((desk) => desk.collapsed);
  const front = useDesk((desk) => desk.front);
  const whole = useDesk((desk) => desk.whole);
  /** The split whose line the pointer drags. */
  const dragged = useRef<keyof Splits | null>(null);
  const { regions, byNumber } = useFeatures();

  /** The regions that stand at a place, by their numbers; the same lists as long as they say the same. */
  const besides = useMemo(() => {
    const here = new Map<Place, PanelRegion[]>();
    for (const { id, place } of byNumber)
      if (place !== undefined && !elsewhere.has(id)) here.set(place, [...(here.get(place) ?? []), id]);
    return here;
  }, [byNumber, elsewhere]);
  const at = (place: Place): PanelRegion | null => {
    const here = besides.get(place);
    return here?.find((id) => id === front[place]) ?? here?.[0] ?? null;
  };
  /** Whether the region that has all of the workspace is shown here: behind another it hides nothing. */
  const one = [...besides.keys()].some((place) => at(place) === whole);
  const besideOf = (region: PanelRegion) => {
    const place = regions.find(({ id }) => id === region)?.place;
    return place === undefined ? undefined : besides.get(place);
  };
  const side = (region: PanelRegion | null, slim = false): Side | null =>
    region === null
      ? null
      : {
          content: (
            <FramedRegion
              key={region}
              region={region}
              beside={besideOf(region)}
              numbered
              collapsible={region !== middleRegion}
              collapsed={isCollapsed(region) ? (slim ? 'column' : 'row') : null}
            />
          ),
          collapsed: isCollapsed(region),
        };
  const isCollapsed = (region: PanelRegion | null) => region !== null && collapsed.includes(region);

  const split = (
    name: keyof Splits,
    upright: boolean,
    min: readonly [number, number],
    [first, second]: readonly [Side | null, Side | null],
  ): Side | null => {
    if (first === null || second === null) return first ?? second;
    const [a, b] = splits[name];
    // Where both are, or neither is, the line between them can be moved.
    const one = first.collapsed !== second.collapsed;
    const sizes = one ? ([first.collapsed ? HEAD : 100, second.collapsed ? HEAD : 100] as const) : ([a, b] as const);
    return {
      content: (
        <Splitter
          orientation={upright ? 'vertical' : 'horizontal'}
          lineSize="0.3125rem"
          handleColor="var(--oh-bg-0)"
          withHandle={false}
          className={styles.split ?? ''}
          sizes={[...sizes]}
          onResizeStart={() => {
            dragged.current = name;
          }}
          onSizeChange={([x, y]) => {
            // Set by key there is no end to wait for.
            if (!one) (dragged.current === name ? resize : keep)(name, [asNumber(x), asNumber(y)]);
          }}
          onResizeEnd={(_, [x, y]) => {
            dragged.current = null;
            if (!one) keep(name, [asNumber(x), asNumber(y)]);
          }}
        >
          <Splitter.Pane defaultSize={a} min={first.collapsed ? 0 : min[0]} className={styles.pane}>
            {first.content}
          </Splitter.Pane>
          <Splitter.Pane defaultSize={b} min={second.collapsed ? 0 : min[1]} className={styles.pane}>
            {second.content}
          </Splitter.Pane>
        </Splitter>
      ),
      collapsed: first.collapsed && second.collapsed,
    };
  };

  // What stands beside the middle shares a column, without it it stands side by side; where nothing is at the foot the middle is as high as
  // the screen, and the column may be slimmer.
  const middleRegion = at('middle');
  const [left, right] = [at('foot-left'), at('foot-right')];
  // Side by side, one that is collapsed is a narrow column; both together are a low row.
  const slim = left !== null && right !== null && isCollapsed(left) !== isCollapsed(right);
  const middle = side(middleRegion);
  const beside = split('right', middle !== null, [15, 15], [side(at('beside-above')), side(at('beside-below'))]);
  const foot = split('bottom', false, [15, 20], [side(left, slim), side(right, slim)]);
  const column = beside && { ...beside, collapsed: false };
  const top = split(foot === null ? 'tall' : 'top', false, [20, 20], [middle, column]);
  return (
    <>
      {regions.map(({ id, away: Away }) => Away && elsewhere.has(id) && <Away key={id} />)}
      <div className={styles.workspace} data-one={one || undefined}>
        <NavRail />
        {split('rows', true, [20, 15], [top, foot])?.content}
      </div>
    </>
  );
}

function asNumber(size: string | number | undefined): number {
  return typeof size === 'number' ? size : Number.parseFloat(size ?? '50');
}
