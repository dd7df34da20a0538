import type { Slice } from '../../desk/slice.ts';
import type { LogFilter } from './dutyLog.ts';

/** What a person has opened or asked for, in one window. */
interface ShiftDesk {
  /** The handover that is looked at; null: the sheet as it is now. */
  readonly shown: string | null;
  /** What the duty log is asked for; `day` null: today. */
  readonly log: Omit<LogFilter, 'day'> & { readonly day: string | null };
}

export const shiftDesk: Slice<ShiftDesk> = {
  name: 'shifts',
  initial: () => ({ shown: null, log: { day: null, seat: '', sort: 'all', text: '' } }),
};
