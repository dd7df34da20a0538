import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../desk/command.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { useLang } from '../../i18n/index.ts';
import { nameOf, usePlacesFound } from './placesFound.ts';

/** Places, roads, crossings, facilities and coordinates that answer what is typed. */
export function usePlaceCommands(typed: string): readonly Command[] {
  const { t } = useTranslation();
  const { text } = useLang();
  const select = useSelect();
  const places = usePlacesFound(typed);
  return useMemo(
    () =>
      places.map((place) => ({
        id: `place-${place.id}`,
        kind: t(`situation:find.${place.kind}`),
        name: text(nameOf(place)),
        // The hall found it: by initials, by the names of two roads, by numbers.
        also: `${place.name.zh} ${place.name.en} ${place.id} ${typed}`,
        run: () => select({ kind: 'place', id: place.id, at: { lon: place.lon, lat: place.lat } }),
      })),
    [t, text, select, places, typed],
  );
}
