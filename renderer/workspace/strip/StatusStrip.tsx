import { useTranslation } from 'react-i18next';
import { useConnection } from '../../bridge/index.ts';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { useStation } from '../../desk/hallData.tsx';
import { Refusals } from '../../desk/Refusals.tsx';
import { useSeatName } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { clockTime } from '../../ui/format.ts';
import { useNow } from '../../ui/ticker.tsx';
import { ConflictsChip } from './ConflictsChip.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { DraftsChip } from './DraftsChip.tsx';
import { DrillRibbon } from './DrillRibbon.tsx';
import { FeedsChip } from './FeedsChip.tsx';
import { LinkChip } from './LinkChip.tsx';
import { LookSwitch } from './LookSwitch.tsx';
import { NoticesChip } from './NoticesChip.tsx';
import { NotRecording } from './NotRecording.tsx';
import { OfferedChip } from './OfferedChip.tsx';
import { PendingBar } from './PendingBar.tsx';
import styles from './Strip.module.css';
import { useFitting } from './useFitting.ts';
import { EndedWorld, WorldBar } from './WorldBar.tsx';
import { WorldsChip } from './WorldsChip.tsx';

/** Left out where the line is short, by what can be missed first; the clock never goes. `all`: what is left is cut. */
const LEAVES = ['words', 'labels', 'drill-name', 'hall-name', 'station', 'outbox', 'cable', 'signed', 'all'];

/** The line that is always there: where, who, how the network stands, what comes in, what time it is. */
export function StatusStrip() {
  const { t } = useTranslation();
  const station = useStation();
  const seat = useDesk((desk) => desk.seat);
  const wall = useDesk((desk) => desk.region === 'wall');
  const seatName = useSeatName();
  const { text } = useLang();
  const connection = useConnection();
  const fitting = useFitting(LEAVES);
  return (
    <header className={styles.strip}>
      <WorldBar />
      <div className={styles.row} ref={fitting} data-lost={connection.state !== 'open' || undefined}>
        <span className={styles.brand} title={station ? `${t('strip:station')} ${station.station}` : undefined}>
          <Mark />
          <span className={styles.brandName}>{station?.name ? text(station.name) : 'OpsHall'}</span>
        </span>
        {station && (
          <span
            className={`${styles.chip} ${styles.station}`}
            title={t('strip:station-version', { version: station.version })}
          >
            <span className={styles.dim}>{t('strip:station')}</span> {station.station}
          </span>
        )}
        <span className={styles.chip}>
          <span className={styles.dim}>{t('strip:seat')}</span> {seatName(seat)}
        </span>
        <NotRecording />
        <LinkChip />
        <FeedsChip />
        {!wall && (
          <>
            <NoticesChip />
            <ConflictsChip />
            <DraftsChip />
            <OfferedChip />
            <WorldsChip />
          </>
        )}
        <span className={styles.grow} />
        <DrillRibbon />
        {!wall && <LookSwitch />}
        <Clock />
      </div>
      <PendingBar />
      <ConnectionBanner />
      <EndedWorld />
      <Refusals at={null} />
    </header>
  );
}

function Clock() {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const day = new Intl.DateTimeFormat(i18n.language, { month: '2-digit', day: '2-digit', weekday: 'short' }).format(
    now,
  );
  return (
    <time className={styles.clock} title={t('strip:clock')} dateTime={new Date(now).toISOString()}>
      <span className={styles.dim}>{day}</span> <strong>{clockTime(now)}</strong>
    </time>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 16 16" className={styles.mark} aria-hidden="true">
      <path d="M2 13V6l6-4 6 4v7M2 13h12M5.5 13V8.5M8 13V8.5m2.5 4.5V8.5" />
    </svg>
  );
}
