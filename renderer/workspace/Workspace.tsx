import { Splitter } from '@mantine/core';
import { useState } from 'react';
import { useDesk } from './DeskProvider.tsx';
import type { PanelRegion } from './desk.ts';
import { NavRail } from './NavRail.tsx';
import { RegionFrame } from './RegionFrame.tsx';
import { PANEL_REGIONS, regionContent } from './regions.tsx';
import { DEFAULT_SPLITS, readSplits, type Splits } from './splits.ts';
import styles from './Workspace.module.css';

/** The whole workstation: map, alarms, detail, video, plan run. */
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
  const frame = (region: PanelRegion) => (
    <RegionFrame region={region} number={PANEL_REGIONS.indexOf(region) + 1} scroll={region === 'detail'}>
      {regionContent(region)}
    </RegionFrame>
  );
  const look = {
    lineSize: '0.3125rem',
    handleColor: 'var(--oh-bg-0)',
    withHandle: false,
    className: styles.split ?? '',
  };

  return (
    <div className={styles.workspace}>
      <NavRail />
      <Splitter orientation="vertical" {...look} {...sizes('rows')}>
        <Splitter.Pane defaultSize={standard.rows[0]} min={20} className={styles.pane}>
          <Splitter {...look} {...sizes('top')}>
            <Splitter.Pane defaultSize={standard.top[0]} min={20} className={styles.pane}>
              {frame('situation')}
            </Splitter.Pane>
            <Splitter.Pane defaultSize={standard.top[1]} min={20} className={styles.pane}>
              <Splitter orientation="vertical" {...look} {...sizes('right')}>
                <Splitter.Pane defaultSize={standard.right[0]} min={15} className={styles.pane}>
                  {frame('alarms')}
                </Splitter.Pane>
                <Splitter.Pane defaultSize={standard.right[1]} min={15} className={styles.pane}>
                  {frame('detail')}
                </Splitter.Pane>
              </Splitter>
            </Splitter.Pane>
          </Splitter>
        </Splitter.Pane>
        <Splitter.Pane defaultSize={standard.rows[1]} min={15} className={styles.pane}>
          <Splitter {...look} {...sizes('bottom')}>
            <Splitter.Pane defaultSize={standard.bottom[0]} min={15} className={styles.pane}>
              {frame('video')}
            </Splitter.Pane>
            <Splitter.Pane defaultSize={standard.bottom[1]} min={20} className={styles.pane}>
              {frame('plan')}
            </Splitter.Pane>
          </Splitter>
        </Splitter.Pane>
      </Splitter>
    </div>
  );
}

function asNumber(size: string | number | undefined): number {
  return typeof size === 'number' ? size : Number.parseFloat(size ?? '50');
}
