import type { Door, RejectState } from '../../../contract/features/rejects.ts';
import type { QueryParams } from '../../../contract/index.ts';
import type { Slice } from '../../desk/slice.ts';

/** Which refusals are asked for; empty is any. */
export interface QuarantineFilter {
  /** Door and source, as {@link sourceKey} has them. */
  readonly source: string;
  readonly state: RejectState | '';
  readonly reason: string;
  readonly text: string;
}

/** What a person has asked for and chosen, in one window. */
interface QuarantineDesk {
  readonly filter: QuarantineFilter;
  /** The message that is looked at. */
  readonly message: string | null;
}

export const quarantineDesk: Slice<QuarantineDesk> = {
  name: 'rejects',
  initial: () => ({ filter: { source: '', state: '', reason: '', text: '' }, message: null }),
};

/** A door and a source of it in one word, for a list of choices. */
export const sourceKey = (door: Door, source: string | null): string => `${door} ${source ?? ''}`;

/** What the quarantine is asked for. */
export function whichOf({ source, state, reason, text }: QuarantineFilter): QueryParams<'rejects.list'> {
  const [, door, of] = /^(\S+) (.*)$/s.exec(source) ?? [];
  return {
    ...(door === undefined ? {} : { door: door as Door }),
    ...(of === undefined || of === '' ? {} : { source: of }),
    ...(state === '' ? {} : { state }),
    ...(reason.trim() === '' ? {} : { reason: reason.trim().slice(0, 100) }),
    ...(text.trim() === '' ? {} : { text: text.trim().slice(0, 100) }),
  };
}
