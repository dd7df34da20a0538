import { useMemo } from 'react';
import type { Nuisance, NuisanceRow, PastAlarmRow } from '../../../../contract/features/alarms.ts';
import { useQuery } from '../../../bridge/index.ts';
import { useNow } from '../../../ui/ticker.tsx';
import { useQueue } from '../queue/queueStore.ts';
import type { PastShown } from './shown.ts';
import { ago, HOUR_MS, limitsOf, NUISANCE_SPANS } from './spans.ts';

/** Lines of a list of what has been: it is looked through by eye, and narrowed where it is longer. */
const LISTED = 200;
/** An alarm that is up for longer stays too long. */
const STANDING_MS = 24 * HOUR_MS;

/** A line of a list of past alarms. */
export type PastLine = PastAlarmRow | NuisanceRow;

/** What the hall found of what is asked for now. */
export interface Past {
  /** Null until it has come. */
  readonly rows: readonly PastLine[] | null;
  readonly total: { readonly count: number; readonly exact: boolean };
  /** There are more than a list may have. */
  readonly cut: boolean;
  readonly error: unknown;
}

const isNuisance = (shown: PastShown): shown is Nuisance => shown !== 'history';

/** Follows the list that the window shows. */
export function usePast(shown: PastShown): Past {
  const { words, span, date, level } = useQueue((queue) => queue.past);
  const now = useNow();
  const { from, until } = limitsOf(span, date, now);
  const text = words.trim().slice(0, 100);
  const nuisance = isNuisance(shown);
  const history = useQuery(
    'alarms.history',
    nuisance
      ? null
      : {
          limit: LISTED,
          ...(from === undefined ? {} : { from }),
          ...(until === undefined ? {} : { until }),
          ...(text === '' ? {} : { text }),
          ...(level === null ? {} : { level }),
        },
  );
  const within = NUISANCE_SPANS.find((each) => each === span) ?? 'day';
  const nuisances = useQuery(
    'alarms.nuisances',
    nuisance ? { by: shown, from: limitsOf(within, '', now).from ?? 0, standing: ago(STANDING_MS, now) } : null,
  );
  const { rows, total, more, error } = nuisance ? nuisances : history;
  return useMemo(() => ({ rows, total, cut: more !== null, error }), [rows, total, more, error]);
}
