import { useEffect } from 'react';
import { useBridge } from '../bridge/index.ts';
import { useActions } from '../desk/actions.ts';
import { useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import type { PanelRegion } from '../desk/desk.ts';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import { nextLayout } from '../desk/layout.ts';
import { useSubject } from '../desk/useSubject.ts';
import { useShortcuts } from '../keys/KeysProvider.tsx';
import type { Shortcut } from '../keys/registry.ts';
import { stepTextSize } from '../ui/theme.ts';
import { useChooseLayout } from './layout/useChooseLayout.ts';

/** What the window's own keys act on is followed whatever region it shows, as that of its features and what is selected are. */
const FOLLOWED = ['seats', 'windows'] as const;

/** The keys that work everywhere: the window's own and those of its features, in the order of the sheet. */
export function GlobalKeys() {
  const bridge = useBridge();
  const { keys, follows } = useFeatures();

  useEffect(() => {
    const stops = [...FOLLOWED, ...follows].map((topic) => bridge.subscribe(topic, () => undefined));
    return () => {
      for (const stop of stops) stop();
    };
  }, [bridge, follows]);

  return (
    <>
      <Selected />
      <PaletteKey />
      {keys.map(({ name, useKeys }) => (
        <FeatureKeys key={name} useKeys={useKeys} />
      ))}
      <WindowKeys />
      <LookKeys />
    </>
  );
}

function Selected() {
  useSubject();
  return null;
}

function FeatureKeys({ useKeys }: { useKeys: () => readonly Shortcut[] }) {
  useShortcuts(useKeys());
  return null;
}

function PaletteKey() {
  const desk = useDeskStore();
  const toggle = () => desk.getState().set({ palette: desk.getState().palette === 'open' ? 'closed' : 'open' });
  useShortcuts([{ id: 'palette', keys: ['ctrl+k'], label: 'keys:palette', whileTyping: true, run: toggle }]);
  return null;
}

function WindowKeys() {
  const actions = useActions();
  const { byNumber } = useFeatures();
  // A key has one digit.
  const numbered = byNumber.filter(({ number }) => number < 10);
  const desk = useDeskStore();
  const whole = useDesk((state) => state.region === 'workspace');

  useShortcuts([
    {
      id: 'refusals',
      keys: ['shift+x'],
      label: 'keys:refusals',
      enabled: () => desk.getState().refusals.length > 0,
      run: () => {
        for (const { key } of desk.getState().refusals) desk.getState().heed(key);
      },
    },
    {
      id: 'search',
      keys: ['/'],
      label: 'keys:search',
      enabled: () => document.querySelector('input[data-search]') === null,
      unlisted: whole,
      run: actions.focusSearch,
    },
    {
      id: 'keys',
      keys: ['?'],
      label: 'keys:sheet',
      run: () => desk.getState().set({ keysSheet: !desk.getState().keysSheet }),
    },
    {
      id: 'escape',
      keys: ['escape'],
      label: 'keys:escape',
      unlisted: true,
      enabled: () => desk.getState().keysSheet,
      run: () => desk.getState().set({ keysSheet: false }),
    },
    ...numbered.map(({ id: region, number, title }) => ({
      id: `focus-${region}`,
      keys: [`alt+${number}`],
      label: title,
      whileTyping: true,
      enabled: () => whole,
      run: () => actions.focusRegion(region),
    })),
    ...numbered.map(({ id: region, number }, i) => ({
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

/** How the workspace is divided, and how large letters are. */
function LookKeys() {
  const actions = useActions();
  const desk = useDeskStore();
  const chooseLayout = useChooseLayout();
  const { regions } = useFeatures();
  const whole = useDesk((state) => state.region === 'workspace');
  /** The region of the workspace that has the attention. */
  const active = (): PanelRegion | null => {
    const { activeRegion } = desk.getState();
    return activeRegion !== null && actions.isHere(activeRegion) ? activeRegion : null;
  };
  const collapsible = () => {
    const region = active();
    const place = regions.find(({ id }) => id === region)?.place;
    return place === undefined || place === 'middle' ? null : region;
  };
  const scale = (steps: number) => {
    const { textSize } = desk.getState();
    desk.getState().set({ textSize: steps === 0 ? 100 : stepTextSize(textSize, steps) });
  };

  useShortcuts([
    {
      id: 'layout',
      keys: ['v'],
      label: 'keys:layout',
      enabled: () => whole,
      run: () => chooseLayout(nextLayout(desk.getState().layout)),
    },
    {
      id: 'whole',
      keys: ['alt+0'],
      label: 'keys:whole',
      whileTyping: true,
      enabled: () => whole && active() !== null,
      run: () => {
        const region = active();
        if (region !== null) actions.makeWhole(region);
      },
    },
    {
      id: 'collapse',
      keys: ['alt+-'],
      label: 'keys:collapse',
      whileTyping: true,
      enabled: () => whole && collapsible() !== null,
      run: () => {
        const region = collapsible();
        if (region !== null) actions.collapse(region);
      },
    },
    {
      id: 'text-larger',
      keys: ['ctrl+=', 'ctrl++', 'ctrl+shift++'],
      label: 'keys:text-larger',
      whileTyping: true,
      run: () => scale(1),
    },
    { id: 'text-smaller', keys: ['ctrl+-'], label: 'keys:text-smaller', whileTyping: true, run: () => scale(-1) },
    { id: 'text-usual', keys: ['ctrl+0'], label: 'keys:text-usual', whileTyping: true, run: () => scale(0) },
  ]);
  return null;
}
