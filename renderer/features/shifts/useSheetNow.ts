import { useMemo } from 'react';
import { putTogether, type Sheet } from '../../../core/shifts/sheet.ts';
import { useQuery, useTopic } from '../../bridge/index.ts';
import { useNow } from '../../ui/ticker.tsx';

/** A sheet has fifty lines of each, and says how many there are. */
const OPEN = { state: 'open', order: 'level', limit: 500 } as const;
const UNSEEN = { unseen: true, limit: 100 } as const;

/** The sheet as it is now, by the rules by which the hall puts it together when it is confirmed; null until incidents have come. */
export function useSheetNow(): Sheet | null {
  const open = useQuery('incidents.list', OPEN).rows;
  const unseen = useQuery('incidents.list', UNSEEN).rows;
  const alarms = useTopic('alarms');
  const calls = useTopic('calls');
  const runs = useTopic('runs');
  const feeds = useTopic('feeds');
  const now = useNow();
  const sheet = useMemo(() => {
    if (open === null || unseen === null) return null;
    const incidents = new Map([...open, ...unseen].map((row) => [row.id, row])).values();
    const going = { incidents, alarms: alarms.values(), calls: calls.values(), runs: runs.values() };
    return putTogether({ ...going, feeds: feeds.values() }, 0);
  }, [open, unseen, alarms, calls, runs, feeds]);
  // What is in it changes with the hall; how old that is, with every second.
  return useMemo(() => sheet && { ...sheet, at: now }, [sheet, now]);
}
