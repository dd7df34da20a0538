import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../../bridge/index.ts';
import { alsoKnown, type Command } from '../../desk/command.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { useLang } from '../../i18n/index.ts';

/** Every sensor by name. */
export function useSensorCommands(): readonly Command[] {
  const { t } = useTranslation();
  const { text } = useLang();
  const observations = useTopic('observations');
  const select = useSelect();
  return useMemo(
    () =>
      [...observations.values()].map((sensor) => ({
        id: `sensor-${sensor.sensor}`,
        kind: t('detail:kind.sensor'),
        name: text(sensor.name),
        also: alsoKnown(sensor.name, sensor.sensor),
        hint: sensor.sensor,
        rank: 'last',
        run: () => select({ kind: 'sensor', id: sensor.sensor, at: { lon: sensor.place.lon, lat: sensor.place.lat } }),
      })),
    [t, text, select, observations],
  );
}
