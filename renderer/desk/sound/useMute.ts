import type { Mute } from '../../../contract/features/seats.ts';
import { useTopicItem } from '../../bridge/index.ts';
import { useNow } from '../../ui/ticker.tsx';
import { useDesk } from '../DeskProvider.tsx';

/** What this window's seat has silenced; null once the time is over, by the hall's clock. */
export function useMute(): Mute | null {
  const seat = useDesk((desk) => desk.seat);
  const mute = useTopicItem('seats', seat)?.mute ?? null;
  const now = useNow();
  return mute !== null && mute.until > now ? mute : null;
}
