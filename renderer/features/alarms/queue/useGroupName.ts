import { useCallback } from 'react';
import { useWords } from '../../../i18n/index.ts';
import { clockTime } from '../../../ui/format.ts';
import type { Group } from './lines.ts';

/** What a group's alarms share, and how many they are: `降雨 ×30`. */
export function useGroupName(): (group: Group) => string {
  const { t, text } = useWords();
  return useCallback(
    ({ by, alarms }) => {
      const name =
        'title' in by
          ? text(by.title)
          : 'place' in by
            ? t('alarms:group.near', { place: text(by.place) })
            : t('alarms:group.from', { at: clockTime(by.from).slice(0, 5) });
      return `${name} ×${alarms.length}`;
    },
    [t, text],
  );
}
