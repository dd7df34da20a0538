import { Popover } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedHealth } from '../../../contract/features/feeds.ts';
import { useTopic } from '../../bridge/index.ts';
import { useActions } from '../../desk/actions.ts';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import { feedState } from '../../desk/feedState.ts';
import { useStation } from '../../desk/hallData.tsx';
import { useMay } from '../../desk/rights.ts';
import { useLang } from '../../i18n/index.ts';
import { Age } from '../../ui/Age.tsx';
import { age } from '../../ui/format.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import drop from './Drop.module.css';
import styles from './Strip.module.css';

/** A source's clock further off than this is wrong, or this station's is. */
const CLOCK_OFF_MS = 60_000;

/** How many feeds are live of how many; each one's health, and what was refused. */
export function FeedsChip() {
  const { t } = useTranslation();
  const { lang, text } = useLang();
  const station = useStation();
  const feeds = [...useTopic('feeds').values()];
  const may = useMay();
  const actions = useActions();
  const features = useFeatures();
  const [opened, setOpened] = useState(false);
  if (!station) return null;
  const live = feeds.filter((feed) => feed.state === 'live').length;
  const wrong = live < feeds.length || feeds.some(clockOff);
  return (
    <Popover position="bottom-end" width={480} withinPortal opened={opened} onChange={setOpened}>
      <Popover.Target>
        <button
          type="button"
          className={styles.chipButton}
          data-feeds
          data-warn={wrong || undefined}
          onClick={() => setOpened(!opened)}
        >
          {wrong && <IconAlertTriangle size="0.9375rem" aria-hidden="true" />}
          <span className={styles.words}>{t('strip:feeds', { live, total: feeds.length })}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={drop.drop ?? ''}>
        <h3>{t('strip:feed.title')}</h3>
        {feeds.length === 0 && <p className={styles.dim}>{t('strip:feed.none')}</p>}
        {feeds.map((feed) => (
          <div key={feed.id} className={drop.item} data-warn={feed.state !== 'live' || clockOff(feed) || undefined}>
            <div className={drop.itemHead}>
              <strong>{text(feed.name)}</strong>
              <span>
                {t(`strip:feed.${feedState(feed)}`)} · <Age since={feed.since} />
              </span>
            </div>
            <div className={drop.facts}>
              <span>{t('strip:feed.rate', { rate: feed.perSecond.toFixed(feed.perSecond < 10 ? 1 : 0) })}</span>
              {clockOff(feed) ? (
                <span data-warn>
                  {t(feed.clockOffsetMs > 0 ? 'strip:feed.clock-ahead' : 'strip:feed.clock-behind', {
                    span: age(Math.abs(feed.clockOffsetMs), lang),
                  })}
                </span>
              ) : (
                feed.clockOffsetMs !== null && (
                  <span>{t('strip:feed.lag', { ms: Math.max(0, Math.round(feed.lagMs)) })}</span>
                )
              )}
              {feed.devices && <span>{t('strip:feed.devices', { count: feed.devices.connected })}</span>}
              {feed.late > 0 && <span>{t('strip:feed.late', { count: feed.late })}</span>}
              <span data-warn={feed.gaps > 0 || undefined}>{t('strip:feed.gaps', { count: feed.gaps })}</span>
              <span data-warn={feed.rejected > 0 || undefined}>
                {t('strip:feed.rejected', { count: feed.rejected })}
              </span>
              <span data-warn={feed.dropped > 0 || undefined}>{t('strip:feed.dropped', { count: feed.dropped })}</span>
              <span>
                {t('strip:feed.last')} {feed.lastMessageAt === null ? '—' : <Age since={feed.lastMessageAt} />}
              </span>
            </div>
            {feed.devices && feed.devices.strangerCount > 0 && (
              <div className={drop.strangers}>
                {t('strip:feed.strangers', { count: feed.devices.strangerCount })}
                <pre className={drop.excerpt}>{feed.devices.strangers.join('\n')}</pre>
              </div>
            )}
            {feed.fault !== null && (
              <div className={drop.error} title={feed.error ? text(feed.error) : undefined}>
                {t(`strip:feed.fault.${feed.fault}`)}
              </div>
            )}
          </div>
        ))}
        {station.rejects > 0 && may.query('rejects.list') && features.has('quarantine') && (
          <button
            type="button"
            className={drop.more}
            onClick={() => {
              setOpened(false);
              actions.focusRegion('quarantine');
            }}
          >
            {t('strip:rejects.show', { count: station.rejects })} <Kbd keys="shift+q" quiet />
          </button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function clockOff(feed: FeedHealth): feed is FeedHealth & { clockOffsetMs: number } {
  return feed.clockOffsetMs !== null && Math.abs(feed.clockOffsetMs) > CLOCK_OFF_MS;
}
