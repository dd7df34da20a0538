import { Popover } from '@mantine/core';
import { IconPlug, IconPlugOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../../../contract/features/station.ts';
import { useBehind, useConnection, useTopic } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { useStation } from '../../desk/hallData.tsx';
import { useMay } from '../../desk/rights.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import drop from './Drop.module.css';
import styles from './Strip.module.css';

const SIGNS = { online: '●', lan: '◐', alone: '○', single: '◇', refused: '⊘' } as const;
const STREAMS = ['ops', 'cases', 'config', 'audit', 'drill'] as const;
/** A clock further off than this is said, in ms. */
const CLOCK_OFF_MS = 2000;

/** When every event of the ledger was last verified, and how far it is under way. */
function Verified({ ledger: { verifiedAt, verifying } }: Pick<StationView, 'ledger'>) {
  const { t } = useTranslation();
  return (
    <div className={drop.facts}>
      {verifying !== null ? (
        t('strip:verifying', { percent: Math.floor(verifying * 100) })
      ) : verifiedAt === null ? (
        t('strip:verified.never')
      ) : (
        <span>
          {t('strip:verified.last')} <Age since={verifiedAt} />
        </span>
      )}
    </div>
  );
}

/** How the network stands, how much waits to be sent, each peer; in a drill, the cable itself. */
export function LinkChip() {
  const { t } = useTranslation();
  const station = useStation();
  const peers = useTopic('peers');
  const known = useConnection().state === 'open';
  const behind = useBehind();
  const wall = useDesk((desk) => desk.region === 'wall');
  const may = useMay();
  if (!station) return null;
  const named = (stream: string): string => {
    const [kind, id] = stream.split(':');
    const known = STREAMS.find((each) => each === kind);
    return known === undefined ? stream : t(`strip:stream.${known}`, { id });
  };
  const cable = station.simulated && station.link !== 'single' && !wall && may.call('link.cut');
  return (
    <>
      <Popover position="bottom-start" width={400} withinPortal>
        <Popover.Target>
          <button
            type="button"
            className={styles.chipButton}
            data-link={behind > 0 ? 'behind' : known ? station.link : 'unknown'}
          >
            <span role="status" aria-label={t('strip:link.title')} className={styles.link}>
              <span className={styles.sign} aria-hidden="true">
                {behind > 0 ? '◔' : known ? SIGNS[station.link] : '✕'}
              </span>
              <span className={styles.words}>
                {behind > 0
                  ? t('common:connection.behind', { seconds: behind })
                  : t(`strip:link.${known ? station.link : 'unknown'}`)}
              </span>
            </span>
            {station.link !== 'single' && (
              <span className={styles.outbox} data-full={station.outbox > 0 || undefined}>
                {t('strip:outbox', { count: station.outbox })}
              </span>
            )}
          </button>
        </Popover.Target>
        <Popover.Dropdown className={drop.drop ?? ''}>
          <h3>{t('strip:link.title')}</h3>
          {behind > 0 && <p>{t('strip:link.behind-why')}</p>}
          <p className={styles.dim}>{t(`strip:link.means.${station.link}`)}</p>
          {[...peers.values()].map((peer) => (
            <div key={peer.station} className={drop.item}>
              <div className={drop.itemHead}>
                <strong>{peer.station}</strong>
                <span>
                  {t(`strip:peer.${peer.state}`)} · <Age since={peer.since} />
                </span>
              </div>
              <div className={drop.facts}>
                {t('strip:peer.behind', { count: peer.behind })}
                {peer.clockOffsetMs !== null && (
                  <span data-warn={Math.abs(peer.clockOffsetMs) > CLOCK_OFF_MS || undefined}>
                    {t('strip:peer.clock', { seconds: (peer.clockOffsetMs / 1000).toFixed(1) })}
                  </span>
                )}
                {(['notSent', 'notTaken'] as const).map(
                  (way) =>
                    peer[way].length > 0 && (
                      <span key={way}>{t(`strip:peer.${way}`, { streams: peer[way].map(named).join(', ') })}</span>
                    ),
                )}
              </div>
            </div>
          ))}
          <div className={drop.facts}>
            {t('strip:ledger', { events: station.ledger.events, head: station.ledger.head.slice(0, 12) })}
          </div>
          <Verified ledger={station.ledger} />
        </Popover.Dropdown>
      </Popover>
      {cable && <Cable cut={station.cut} />}
    </>
  );
}

/** Pulls a drill's cable, and plugs it in again. */
function Cable({ cut }: { cut: boolean }) {
  const { t } = useTranslation();
  const { act, busy } = useAct();
  const label = cut ? 'strip:cable.mend' : 'strip:cable.cut';
  const turn = () => void act(cut ? 'link.mend' : 'link.cut', {});
  useShortcuts([{ id: cut ? 'cable.mend' : 'cable.cut', keys: [], label, run: turn }]);
  return (
    <ActionButton
      icon={cut ? <IconPlug /> : <IconPlugOff />}
      busy={busy.has('link.cut') || busy.has('link.mend')}
      title={t('strip:cable.why')}
      label={t(label)}
      onClick={turn}
    >
      <span className={styles.cable}>{t(label)}</span>
    </ActionButton>
  );
}
