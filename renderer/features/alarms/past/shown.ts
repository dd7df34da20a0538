import { NUISANCES } from '../../../../contract/features/alarms.ts';

/** What of the past a window shows in the place of the queue. */
export const SHOWN = ['history', ...NUISANCES] as const;
export type PastShown = (typeof SHOWN)[number];
