import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSensors } from '../../bridge/index.ts';
import { alsoKnown, type Command } from '../../desk/command.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { useLang } from '../../i18n/index.ts';

/** Every sensor by name. */
export function useSensorCommands(): readonly Command[] {
  const { t } = useTranslation();
  const { text } = useLang();
  const sensors = useSensors();
  const select = useSelect();
  return useMemo(
    () =>
      sensors.map((sensor) => ({
        id: `sensor-${sensor.id}`,
        kind: t('detail:kind.sensor'),
        name: text(sensor.name),
        also: alsoKnown(sensor.name, sensor.id),
        hint: sensor.id,
        rank: 'last',
        run: () => select({ kind: 'sensor', id: sensor.id, at: { lon: sensor.place.lon, lat: sensor.place.lat } }),
      })),
    [t, text, select, sensors],
  );
}
