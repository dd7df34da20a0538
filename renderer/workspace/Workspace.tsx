import { Splitter } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useDesk } from '../desk/DeskProvider.tsx';
import type { PanelRegion } from '../desk/desk.ts';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import { DEFAULT_SPLITS, readSplits, type Splits } from '../desk/splits.ts';
import { useElsewhere } from '../desk/windows.ts';
import { FramedRegion } from './FramedRegion.tsx';
import { NavRail } from './NavRail.tsx';
import styles from './Workspace.module.css';

/** The whole workstation: map, alarms, detail, video, plan run; without what stands in a window of its own. */
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
  const frame = (region: PanelRegion) => (elsewhere.has(region) ? null : <FramedRegion region={region} numbered />);
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

  // Beside the map alarms and detail share a column, without it they stand side by side; under a map as high as the screen
  // nothing else stands, and the column may be slimmer.
  const map = frame('situation');
  const right = split('right', map !== null, [15, 15], [frame('alarms'), frame('detail')]);
  const tall = elsewhere.has('video') && elsewhere.has('plan');
  const top = split(tall ? 'tall' : 'top', false, [20, 20], [map, right]);
  const bottom = split('bottom', false, [15, 20], [frame('video'), frame('plan')]);
  return (
    <>
      {regions.map(({ id, away: Away }) => Away && elsewhere.has(id) && <Away key={id} />)}
      <div className={styles.workspace}>
        <NavRail />
        {split('rows', true, [20, 15], [top, bottom])}
      </div>
    </>
  );
}

function asNumber(size: string | number | undefined): number {
  return typeof size === 'number' ? size : Number.parseFloat(size ?? '50');
}
