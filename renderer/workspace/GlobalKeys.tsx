import { useEffect } from 'react';
import { useBridge } from '../bridge/index.ts';
import { useActions } from '../desk/actions.ts';
import { useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import { useShortcuts } from '../keys/KeysProvider.tsx';

/** What the keys act on is followed in every window, whatever region it shows. */
const FOLLOWED = ['alarms', 'incidents', 'runs', 'seats', 'walls', 'windows'] as const;

/** The keys that work everywhere. */
export function GlobalKeys() {
  const actions = useActions();
  const { byNumber } = useFeatures();
  const desk = useDeskStore();
  const bridge = useBridge();
  const whole = useDesk((state) => state.region === 'workspace');

  useEffect(() => {
    const stops = FOLLOWED.map((topic) => bridge.subscribe(topic, () => undefined));
    return () => {
      for (const stop of stops) stop();
    };
  }, [bridge]);

  const toggle = (part: 'palette' | 'keysSheet') =>
    part === 'palette'
      ? desk.getState().set({ palette: desk.getState().palette === 'open' ? 'closed' : 'open' })
      : desk.getState().set({ keysSheet: !desk.getState().keysSheet });

  useShortcuts([
    { id: 'palette', keys: ['ctrl+k'], label: 'keys:palette', whileTyping: true, run: () => toggle('palette') },
    { id: 'acknowledge', keys: ['space'], label: 'keys:acknowledge', run: () => void actions.acknowledge() },
    { id: 'open', keys: ['enter'], label: 'keys:open', run: () => void actions.openIncident() },
    { id: 'cameras', keys: ['c'], label: 'keys:cameras', run: () => void actions.seeCameras() },
    { id: 'launch', keys: ['l'], label: 'keys:launch-plan', run: actions.offerPlans },
    { id: 'wall', keys: ['w'], label: 'keys:wall', run: () => void actions.pushToWall() },
    {
      id: 'search',
      keys: ['/'],
      label: 'keys:search',
      enabled: () => document.querySelector('[data-region="situation"]') === null,
      unlisted: whole,
      run: actions.focusSearch,
    },
    { id: 'keys', keys: ['?'], label: 'keys:sheet', run: () => toggle('keysSheet') },
    {
      id: 'escape',
      keys: ['escape'],
      label: 'keys:escape',
      unlisted: true,
      enabled: () => desk.getState().keysSheet,
      run: () => desk.getState().set({ keysSheet: false }),
    },
    ...byNumber.map(({ id: region, number, title }) => ({
      id: `focus-${region}`,
      keys: [`alt+${number}`],
      label: title,
      whileTyping: true,
      enabled: () => whole,
      run: () => actions.focusRegion(region),
    })),
    ...byNumber.map(({ id: region, number }, i) => ({
      id: `tear-${region}`,
      keys: [`alt+shift+${number}`],
      label: 'keys:tear-off',
      whileTyping: true,
      unlisted: i > 0,
      run: () => void actions.tearOff(region),
    })),
  ]);
  return null;
}
