import { IconWaveSawTool } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../../bridge/index.ts';
import { useDesk } from '../../desk/DeskProvider.tsx';
import styles from '../../desk/sound/SoundBar.module.css';
import { useNow } from '../../ui/ticker.tsx';
import { CALM, floodOf } from './flood.ts';
import { useQueue, useQueueStore } from './queue/queueStore.ts';

/** Says that there is a flood of alarms, how great it is, and what helps against it. */
export function FloodSign() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const queue = useQueueStore();
  const grouped = useQueue(({ grouping }) => grouping !== 'none');
  const now = useNow();
  const held = useDesk((state) => state.hearing.held);
  const [flood, setFlood] = useState(CALM);
  // With the window's clock, not with each alarm: in a flood they are many a second.
  useEffect(() => setFlood((before) => floodOf(before, bridge.items('alarms').values(), now)), [bridge, now]);
  if (!flood.on) return null;
  return (
    <div className={styles.soundBar} data-tone="flood">
      <IconWaveSawTool size="1rem" aria-hidden="true" />
      <span className={styles.soundText}>
        {t('alarms:flood.sign', { n: flood.raised.size })}
        {held > 0 && t('alarms:flood.held', { n: held })}
      </span>
      {!grouped && (
        <button type="button" className={styles.link} onClick={() => queue.setState({ grouping: 'rule', group: null })}>
          {t('alarms:flood.group')}
        </button>
      )}
    </div>
  );
}
