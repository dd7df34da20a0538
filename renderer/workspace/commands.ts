import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../bridge/index.ts';
import { useActions } from '../desk/actions.ts';
import { alarmQueue } from '../desk/alarmQueue.ts';
import { useDeskStore } from '../desk/DeskProvider.tsx';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import { useDirectory } from '../desk/hallData.tsx';
import { SEATS } from '../desk/seats.ts';
import type { Selection } from '../desk/selection.ts';
import { useSeatName, useWhatAndWhere } from '../desk/words.ts';
import { useLang } from '../i18n/index.ts';
import { useShortcutList } from '../keys/KeysProvider.tsx';
import { NUMERAL } from '../ui/LevelBadge.tsx';
import { THEMES } from '../ui/theme.ts';

/** One line of the palette. */
export interface Command {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** Searched, not shown: the name in the other language, the id. */
  readonly also: string;
  readonly hint?: string;
  readonly keys?: string;
  run(): void;
}

/** Everything that has a name: what can be done, alarms, incidents, runs, cameras, sensors, windows, seats. */
export function useCommands(): readonly Command[] {
  const { t } = useTranslation();
  const { text, lang } = useLang();
  const whatAndWhere = useWhatAndWhere();
  const seatName = useSeatName();
  const desk = useDeskStore();
  const actions = useActions();
  const { byNumber } = useFeatures();
  const shortcuts = useShortcutList();
  const alarms = useTopic('alarms');
  const incidents = useTopic('incidents');
  const runs = useTopic('runs');
  const observations = useTopic('observations');
  const seats = useTopic('seats');
  const walls = useTopic('walls');
  const { cameras, units } = useDirectory();

  return useMemo(() => {
    const kind = (name: string) => t(`common:palette.kind.${name}`);
    const both = (name: { zh: string; en: string }, id: string) => `${name.zh} ${name.en} ${id}`;
    const pick = (selection: Selection) => () => desk.getState().select(selection);
    const at = (place: { lon: number; lat: number }) => ({ lon: place.lon, lat: place.lat });

    const doing: Command[] = shortcuts
      .filter((shortcut) => !shortcut.unlisted && shortcut.id !== 'palette' && (shortcut.enabled?.() ?? true))
      .map((shortcut) => ({
        id: `do-${shortcut.id}`,
        kind: kind('action'),
        name: t(shortcut.label),
        also: shortcut.id,
        keys: shortcut.keys[0] ?? '',
        run: shortcut.run,
      }));
    const windows: Command[] = byNumber.map(({ id: region, title }) => ({
      id: `tear-${region}`,
      kind: kind('window'),
      name: t('common:region.tear-off-named', { region: t(title) }),
      also: region,
      run: () => void actions.tearOff(region),
    }));
    const screens: Command[] = [...walls.keys()].sort().map((screen) => ({
      id: `wall-${screen}`,
      kind: kind('action'),
      name: t('common:wall.push', { screen }),
      also: 'wall',
      run: () => void actions.pushToWall(screen),
    }));
    const looks: Command[] = [
      ...THEMES.map((theme) => ({
        id: `theme-${theme}`,
        kind: kind('look'),
        name: `${t('strip:theme.title')}: ${t(`strip:theme.${theme}`)}`,
        also: `theme ${theme}`,
        run: () => desk.getState().set({ theme }),
      })),
      {
        id: 'lang',
        kind: kind('look'),
        name: lang === 'en' ? '中文' : 'English',
        also: t('strip:language'),
        run: () => desk.getState().set({ lang: lang === 'en' ? 'zh-CN' : 'en' }),
      },
    ];
    return [
      ...alarmQueue(alarms.values()).map((alarm) => ({
        id: `alarm-${alarm.id}`,
        kind: kind('alarm'),
        name: whatAndWhere(alarm),
        also: `${both(alarm.title, alarm.id)} ${both(alarm.place.name, '')}`,
        hint: NUMERAL[alarm.level],
        run: pick({ kind: 'alarm', id: alarm.id, at: at(alarm.place) }),
      })),
      ...[...incidents.values()].map((incident) => ({
        id: `incident-${incident.id}`,
        kind: kind('incident'),
        name: whatAndWhere(incident),
        also: `${both(incident.title, incident.id)} ${both(incident.place.name, '')}`,
        hint: t(`detail:incident.${incident.state}`),
        run: pick({ kind: 'incident', id: incident.id, at: at(incident.place) }),
      })),
      ...[...runs.values()].map((run) => ({
        id: `run-${run.id}`,
        kind: kind('run'),
        name: text(run.name),
        also: both(run.name, run.id),
        hint: `${run.done}/${run.total}`,
        run: () => {
          desk.getState().select({ kind: 'run', id: run.id, at: null });
          actions.focusRegion('plan');
        },
      })),
      ...doing,
      ...screens,
      ...windows,
      ...looks,
      ...[...new Set([...SEATS, ...[...seats.keys()].filter((seat) => seat !== 'wall')])].map((seat) => ({
        id: `seat-${seat}`,
        kind: kind('seat'),
        name: t('common:palette.open-seat', { seat: seatName(seat) }),
        also: seat,
        run: () => actions.openSeat(seat),
      })),
      ...[...cameras.values()].map((camera) => ({
        id: `camera-${camera.id}`,
        kind: kind('camera'),
        name: text(camera.name),
        also: both(camera.name, camera.id),
        hint: camera.id,
        run: pick({ kind: 'camera', id: camera.id, at: at(camera) }),
      })),
      ...[...observations.values()].map((sensor) => ({
        id: `sensor-${sensor.sensor}`,
        kind: kind('sensor'),
        name: text(sensor.name),
        also: both(sensor.name, sensor.sensor),
        hint: sensor.sensor,
        run: pick({ kind: 'sensor', id: sensor.sensor, at: at(sensor.place) }),
      })),
      ...[...units.values()].map((unit) => ({
        id: `unit-${unit.id}`,
        kind: kind('unit'),
        name: unit.callSign,
        also: `${unit.id} ${unit.department} ${unit.kind}`,
        hint: unit.department,
        run: pick({ kind: 'unit', id: unit.id, at: null }),
      })),
    ];
  }, [
    t,
    text,
    whatAndWhere,
    seatName,
    lang,
    desk,
    actions,
    byNumber,
    shortcuts,
    alarms,
    incidents,
    runs,
    observations,
    seats,
    walls,
    cameras,
    units,
  ]);
}
