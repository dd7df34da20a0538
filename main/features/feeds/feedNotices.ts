import type { FeedHealth } from '../../../contract/features/feeds.ts';
import type { Notice } from '../../../contract/features/notices.ts';
import { CLOCK_OFF_MS } from '../../feeds/health.ts';
import type { NoticeBoard } from '../../notices/noticeBoard.ts';
import type { AheadThing } from '../../telemetry/aheadThings.ts';
import { isZoneMistake, spanOf } from '../../telemetry/sourceClock.ts';

/** Things named in a notice; the rest are counted. */
const NAMED = 5;

/**
 * Raises a notice for every feed whose clock, or whose sensors' clocks, are off, or that is braked, and clears it when that is
 * over. To be called every second or so.
 */
export function showFeedClocks(
  board: NoticeBoard,
  feeds: readonly FeedHealth[],
  aheadThings: (feed: string) => readonly AheadThing[],
  now: number,
): void {
  const show = (id: string, notice: Omit<Notice, 'id' | 'since'> | null) =>
    notice === null ? board.clear(id) : board.raise({ id, ...notice, since: now });
  for (const feed of feeds) {
    const offset = feed.clockOffsetMs ?? 0;
    const off = Math.abs(offset) > CLOCK_OFF_MS;
    const things = off ? [] : aheadThings(feed.id);
    show(`feed:${feed.id}:clock`, off ? sourceNotice(feed, offset) : null);
    show(`feed:${feed.id}:braked`, feed.brakedSince === undefined ? null : brakedNotice(feed));
    show(`feed:${feed.id}:things`, things.length > 0 ? thingsNotice(feed, things) : null);
  }
}

function brakedNotice({ name }: FeedHealth): Omit<Notice, 'id' | 'since'> {
  return {
    severity: 'error',
    text: {
      zh: `数据源“${name.zh}”的报文被拒收过多，目前只间歇读取`,
      en: `Too many refused messages from the source ${name.en}: it is read only now and then`,
    },
    remedy: {
      zh: '请查看拒收记录，按其中的提示修正数据源；恢复后自动正常读取',
      en: 'Look at the refused messages and mend the source as they say; it is then read as usual by itself',
    },
  };
}

function sourceNotice({ name }: FeedHealth, offset: number): Omit<Notice, 'id' | 'since'> {
  const ahead = offset > 0;
  const span = spanOf(offset);
  const zone = isZoneMistake(offset);
  return {
    severity: ahead ? 'error' : 'warning',
    text: {
      zh: `数据源“${name.zh}”的时钟比本站${ahead ? '快' : '慢'} ${span.zh}；${ahead ? '标为未来时刻的数值不予采用；持续半分钟相差不变，则扣除该差值后采用' : '数值照常采用，显示的时刻偏早'}`,
      en: `The clock of the source ${name.en} is ${span.en} ${ahead ? 'ahead of' : 'behind'} this station's; ${ahead ? 'values dated in the future are refused; once it has been so for half a minute they are taken with the difference taken off' : 'its values are taken, and look older than they are'}`,
    },
    remedy: {
      zh: `请校准数据源的时钟；若是本站时钟不准，请打开自动对时${zone ? '。相差整数或半数小时：数据源可能按当地时间发送，应改为世界协调时' : ''}`,
      en: `Set the clock of the source; if this station's is the wrong one, switch on automatic time${zone ? '. A difference of whole or half hours: the source may send local time where UTC is meant' : ''}`,
    },
  };
}

function thingsNotice({ name }: FeedHealth, things: readonly AheadThing[]): Omit<Notice, 'id' | 'since'> {
  const named = things.slice(0, NAMED).map((thing) => thing.id);
  const more = things.length - named.length;
  const one = things.length === 1;
  const worst = spanOf(Math.max(...things.map((thing) => thing.offsetMs)));
  return {
    severity: 'error',
    text: {
      zh: `数据源“${name.zh}”中有 ${things.length} 个测点或车辆的时钟超前，最多 ${worst.zh}，其数值不予采用：${named.join('、')}${more > 0 ? ` 等` : ''}`,
      en: `${one ? '1 sensor or unit' : `${things.length} sensors or units`} of the source ${name.en} ${one ? 'has a clock that is' : 'have clocks that are'} ahead, by up to ${worst.en}; ${one ? 'its' : 'their'} values are refused: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    },
    remedy: { zh: '请校准这些设备的时钟', en: 'Set the clocks of these devices' },
  };
}
