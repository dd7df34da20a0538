import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { alsoKnown, type Command } from '../../desk/command.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { useDirectory } from '../../desk/hallData.tsx';
import { useLang } from '../../i18n/index.ts';

/** Every camera by name. */
export function useCameraCommands(): readonly Command[] {
  const { t } = useTranslation();
  const { text } = useLang();
  const { cameras } = useDirectory();
  const select = useSelect();
  return useMemo(
    () =>
      [...cameras.values()].map((camera) => ({
        id: `camera-${camera.id}`,
        kind: t('detail:kind.camera'),
        name: text(camera.name),
        also: alsoKnown(camera.name, camera.id),
        hint: camera.id,
        rank: 'last',
        run: () => select({ kind: 'camera', id: camera.id, at: { lon: camera.lon, lat: camera.lat } }),
      })),
    [t, text, select, cameras],
  );
}
