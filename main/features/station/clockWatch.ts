import type { Notice } from '../../../contract/features/notices.ts';
import { type Clock, every } from '../../clock.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { NoticeBoard } from '../../notices/noticeBoard.ts';

const LOOK_MS = 1000;
/** A wall clock that moved against the running time by more than this did not run: it was set. */
const JUMP_MS = 120_000;
/** A clock that has run evenly for so long since it was set is taken to be right. */
const SETTLED_MS = 30 * 60_000;
/** A ledger may end this far ahead of the clock: what slewing and rounding explain. */
const AHEAD_MS = 120_000;

const JUMPED = 'clock:jumped';
const BEHIND = 'clock:behind-ledger';

/**
 * Watches this PC's wall clock against the time that runs: one that jumps, or that stands before this station's own last event, is
 * said, because every time on screen and in the record is its. Durations do not depend on it. Answers how to stop.
 *
 * @param lastOwn wall time of the newest event this station wrote before this start; 0 when there is none.
 */
export function watchClock(options: {
  clock: Clock;
  notices: Pick<NoticeBoard, 'raise' | 'clear'>;
  lastOwn: number;
}): () => void {
  const { clock, notices, lastOwn } = options;
  const offset = () => clock.now() - clock.monotonic();
  /** What is taken to be right. */
  let right = offset();
  let before = right;
  let evenSince = clock.monotonic();
  let behind = false;

  const look = (): void => {
    const now = offset();
    if (Math.abs(now - before) > JUMP_MS) evenSince = clock.monotonic();
    before = now;
    const jump = now - right;
    if (Math.abs(jump) <= JUMP_MS) {
      right = now; // A clock that is slewed goes with the world's.
      notices.clear(JUMPED);
    } else if (clock.monotonic() - evenSince >= SETTLED_MS) {
      right = now;
      notices.clear(JUMPED);
    } else notices.raise(jumpNotice(jump, clock.now()));
    if (clock.now() < lastOwn - AHEAD_MS) {
      behind = true;
      notices.raise(behindNotice(lastOwn - clock.now(), clock.now()));
    } else if (behind) {
      behind = false;
      notices.clear(BEHIND);
    }
  };

  look();
  return every(clock, LOOK_MS, look);
}

/** A span in its two largest units, so that a notice does not change from second to second. */
function span(ms: number): { zh: string; en: string } {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 120) return { zh: `${minutes} 分钟`, en: `${minutes} min` };
  const hours = Math.round(minutes / 60);
  if (hours < 48) return { zh: `${hours} 小时`, en: `${hours} h` };
  const days = Math.round(hours / 24);
  return { zh: `${days} 天`, en: `${days} days` };
}

function jumpNotice(jump: number, since: number): Notice {
  const far = span(jump);
  const [zh, en] = jump > 0 ? ['向前', 'forward'] : ['向后', 'back'];
  return {
    id: JUMPED,
    severity: 'warning',
    text: {
      zh: `本机时钟突然${zh}跳了 ${far.zh}（被人改动、被校正，或本机曾休眠）。记录与画面上的时间以它为准，计时不受影响`,
      en: `The clock of this PC jumped ${en} by ${far.en} (it was set, or the PC slept). Times on screen and in the record are its; time limits are not affected`,
    },
    remedy: {
      zh: '请核对本机时间并打开自动校时；若现在的时间是对的，半小时后本提示自行消失',
      en: 'Compare the time and switch on automatic time; if it is right now, this goes by itself in half an hour',
    },
    since,
  };
}

function behindNotice(ms: number, since: number): Notice {
  const far = span(ms);
  return {
    id: BEHIND,
    severity: 'error',
    text: {
      zh: `本机时钟比本站最后一条记录早 ${far.zh}：现在的时钟慢了，或写那条记录时快了`,
      en: `The clock of this PC stands ${far.en} before this station's own last event: it is behind now, or was ahead then`,
    },
    remedy: {
      zh: '请核对本机时间并打开自动校时（主板电池可能没电）；时间正确后本提示自行消失。记录的先后次序不受影响',
      en: 'Compare the time and switch on automatic time (the battery on the board may be flat); this goes when the time is right. The order of what is decided is not affected',
    },
    since,
  };
}

/** When this station wrote its newest durable event, by its wall clock then; 0 when it has written none. */
export function lastOwnAt(ledger: Pick<Ledger, 'ownKeys' | 'have' | 'range'>): number {
  const have = ledger.have();
  return Math.max(0, ...ledger.ownKeys().map((chain) => ledger.range(chain, have[chain] ?? 1, 1)[0]?.at ?? 0));
}
