import { MantineProvider } from '@mantine/core';
import type { i18n as I18n } from 'i18next';
import { useEffect, useMemo, useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { type Bridge, BridgeProvider } from '../bridge/index.ts';
import { DeskProvider, useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import { DraftsProvider } from '../desk/DraftsProvider.tsx';
import type { DeskStore } from '../desk/desk.ts';
import type { Drafts } from '../desk/drafts.ts';
import { FeaturesProvider, useFeatures } from '../desk/FeaturesProvider.tsx';
import type { Features } from '../desk/feature.ts';
import { DirectoryProvider } from '../desk/hallData.tsx';
import { keptChoice } from '../desk/keptChoice.ts';
import { SelectionLink } from '../desk/SelectionLink.tsx';
import { isDepartment } from '../desk/seats.ts';
import { useWorld } from '../desk/world.ts';
import { WordsProvider } from '../i18n/index.ts';
import { KeysProvider } from '../keys/KeysProvider.tsx';
import { createKeyRegistry } from '../keys/registry.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { theme as mantineTheme, textSizeOf } from '../ui/theme.ts';
import { type Ticker, TickerProvider } from '../ui/ticker.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { FramedRegion } from './FramedRegion.tsx';
import { Gate } from './Gate.tsx';
import { GlobalKeys } from './GlobalKeys.tsx';
import { KeysSheet } from './KeysSheet.tsx';
import { SeatScreen } from './SeatScreen.tsx';
import { StatusStrip } from './strip/StatusStrip.tsx';
import { Toasts } from './Toasts.tsx';
import { useWindowTitle } from './useWindowTitle.ts';
import styles from './Workspace.module.css';
import { Workspace } from './Workspace.tsx';

/** Everything a window is made of; what differs from window to window comes in. */
export interface AppParts {
  readonly bridge: Bridge;
  readonly desk: DeskStore;
  readonly features: Features;
  readonly drafts: Drafts;
  readonly i18n: I18n;
  readonly ticker: Ticker;
  /** The screen of the wall this window is. */
  readonly screen: string | null;
}

/** A window of the hall. */
export function App({ bridge, desk, features, drafts, i18n, ticker, screen }: AppParts) {
  const keys = useMemo(createKeyRegistry, []);
  return (
    <I18nextProvider i18n={i18n}>
      <WordsProvider>
        <BridgeProvider bridge={bridge}>
          <DeskProvider desk={desk}>
            <FeaturesProvider features={features}>
              <TickerProvider ticker={ticker}>
                <KeysProvider
                  keys={keys}
                  scope={() => desk.getState().activeRegion}
                  onKept={() => desk.getState().sayOnce(i18n.t('keys:kept'))}
                >
                  <DraftsProvider drafts={drafts}>
                    <Look>
                      <Gate>
                        <DirectoryProvider>
                          <Window screen={screen} />
                        </DirectoryProvider>
                      </Gate>
                    </Look>
                  </DraftsProvider>
                </KeysProvider>
              </TickerProvider>
            </FeaturesProvider>
          </DeskProvider>
        </BridgeProvider>
      </WordsProvider>
    </I18nextProvider>
  );
}

/** Language and theme, on the page and in Mantine; what a person chose of them is kept for the next window. */
function Look({ children }: { children: React.ReactNode }) {
  const { i18n } = useTranslation();
  const theme = useDesk((desk) => desk.theme);
  const lang = useDesk((desk) => desk.lang);
  const region = useDesk((desk) => desk.region);
  const textSize = useDesk((desk) => desk.textSize);

  const [keepTheme] = useState(() => keptChoice(theme, (chosen) => localStorage.setItem('opshall.theme', chosen)));
  const [keepLang] = useState(() => keptChoice(lang, (chosen) => localStorage.setItem('opshall.lang', chosen)));

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    if (region !== 'wall') keepTheme(theme);
  }, [theme, region, keepTheme]);
  useEffect(() => {
    document.documentElement.style.setProperty('--oh-text-size', String(textSize / 100));
    localStorage.setItem(textSizeOf(region), String(textSize));
  }, [textSize, region]);
  useEffect(() => {
    document.documentElement.lang = lang;
    keepLang(lang);
    void i18n.changeLanguage(lang);
  }, [lang, i18n, keepLang]);

  return (
    <MantineProvider theme={mantineTheme} forceColorScheme={theme === 'light' ? 'light' : 'dark'}>
      {children}
    </MantineProvider>
  );
}

/** A window that was kept, or sent by another version, for what this one does not have. */
function UnknownRegion({ region }: { region: string }) {
  const { t } = useTranslation();
  return <EmptyState title={t('common:region.unknown', { region })} hint={t('common:region.unknown-hint')} />;
}

function Window({ screen }: { screen: string | null }) {
  const desk = useDeskStore();
  const { regions, has, departmentScreen, wallScreen: WallScreen, overWindows } = useFeatures();
  const { seat, region } = desk.getState();
  const wall = region === 'wall';
  useWindowTitle(screen);
  const drill = useWorld()?.kind === 'drill';
  const department = region === 'workspace' && isDepartment(seat) ? departmentScreen : null;
  useEffect(() => {
    if (department) desk.getState().set({ activeRegion: department.region });
  }, [department, desk]);

  return (
    <div className={styles.window} data-wall={wall || undefined} data-drill={drill || undefined}>
      <StatusStrip />
      {/* What comes over the window stays within this: what waits at its foot, a call, is never covered. */}
      <div className={styles.stage}>
        {screen !== null && WallScreen ? (
          <WallScreen screen={screen} />
        ) : region !== 'workspace' ? (
          <main className={styles.alone}>
            {has(region) ? <FramedRegion region={region} alone /> : <UnknownRegion region={region} />}
          </main>
        ) : department ? (
          <SeatScreen screen={department} />
        ) : (
          <Workspace />
        )}
        {!wall && (
          <>
            <CommandPalette />
            <KeysSheet />
            {overWindows.map(({ name, over: Over }) => (
              <Over key={name} />
            ))}
          </>
        )}
        <Toasts />
      </div>
      {!wall && (
        <>
          <GlobalKeys />
          <SelectionLink />
          {regions.map(
            ({ id, alongside: Alongside }) =>
              Alongside && (region === id || (region === 'workspace' && !department)) && <Alongside key={id} />,
          )}
        </>
      )}
    </div>
  );
}
