import { Splitter } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useDesk } from '../desk/DeskProvider.tsx';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import type { Place } from '../desk/feature.ts';
import { DEFAULT_SPLITS, readSplits, type Splits } from '../desk/splits.ts';
import { useElsewhere } from '../desk/windows.ts';
import { FramedRegion } from './FramedRegion.tsx';
import { NavRail } from './NavRail.tsx';
import styles from './Workspace.module.css';

/** The whole workstation: each region at the place that its feature declares, without what stands in a window of its own. */
export function Workspace() {
  const seat = useDesk((desk) => desk.seat);
  const store = `opshall.splits.${seat === 'commander' ? 'commander' : 'duty'}`;
  const standard = DEFAULT_SPLITS[seat === 'commander' ? 'commander' : 'duty'];
  const [splits, setSplits] = useState<Splits>(() => readSplits(localStorage.getItem(store), standard));

  const sizes = (name: keyof Splits) => ({
    sizes: [...splits[name]],
    onSizeChange: (next: (string | number)[]) =>
      setSplits((before) => ({ ...before, [name]: [asNumber(next[0]), asNumber(next[1])] })),
    onResizeEnd: () => setSplits(keep),
  });
  const keep = (now: Splits) => {
    localStorage.setItem(store, JSON.stringify(now));
    return now;
  };
  const elsewhere = useElsewhere();
  const { regions } = useFeatures();
  const frame = (place: Place) => {
    const region = regions.find((each) => each.place === place);
    return region && !elsewhere.has(region.id) ? <FramedRegion region={region.id} numbered /> : null;
  };
  const split = (
    name: keyof Splits,
    upright: boolean,
    min: readonly [number, number],
    panes: [ReactNode, ReactNode],
  ) => {
    const [first, second] = panes;
    if (first === null || second === null) return first ?? second;
    return (
      <Splitter
        orientation={upright ? 'vertical' : 'horizontal'}
        lineSize="0.3125rem"
        handleColor="var(--oh-bg-0)"
        withHandle={false}
        className={styles.split ?? ''}
        {...sizes(name)}
      >
        <Splitter.Pane defaultSize={standard[name][0]} min={min[0]} className={styles.pane}>
          {first}
        </Splitter.Pane>
        <Splitter.Pane defaultSize={standard[name][1]} min={min[1]} className={styles.pane}>
          {second}
        </Splitter.Pane>
      </Splitter>
    );
  };

  // What stands beside the middle shares a column, without it it stands side by side; where nothing is at the foot the middle is as high as
  // the screen, and the column may be slimmer.
  const middle = frame('middle');
  const beside = split('right', middle !== null, [15, 15], [frame('beside-above'), frame('beside-below')]);
  const foot = split('bottom', false, [15, 20], [frame('foot-left'), frame('foot-right')]);
  const top = split(foot === null ? 'tall' : 'top', false, [20, 20], [middle, beside]);
  return (
    <>
      {regions.map(({ id, away: Away }) => Away && elsewhere.has(id) && <Away key={id} />)}
      <div className={styles.workspace}>
        <NavRail />
        {split('rows', true, [20, 15], [top, foot])}
      </div>
    </>
  );
}

function asNumber(size: string | number | undefined): number {
  return typeof size === 'number' ? size : Number.parseFloat(size ?? '50');
}
