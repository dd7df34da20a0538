import '@mantine/core/styles.css';
import './ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { createBridge } from './bridge/index.ts';
import { createDesk } from './desk/desk.ts';
import { joinFeatures } from './desk/feature.ts';
import { readRoute } from './desk/route.ts';
import { tabDrafts } from './desk/tabDrafts.ts';
import { takeEnded } from './desk/world.ts';
import { FEATURES } from './features/index.ts';
import { createI18n } from './i18n/index.ts';
import type { Lang } from './ui/format.ts';
import { TEXT_SIZES, THEMES, textSizeOf } from './ui/theme.ts';
import { createTicker } from './ui/ticker.tsx';
import { App } from './workspace/App.tsx';
import { keptUnder, readKept } from './workspace/layout/kept.ts';

const route = readRoute(location.search, location.hash);
const storedLang = localStorage.getItem('opshall.lang');
const lang: Lang = route.lang ?? (storedLang === 'en' ? 'en' : 'zh-CN');
const theme = route.theme ?? THEMES.find((name) => name === localStorage.getItem('opshall.theme')) ?? 'dark';
const drafts = tabDrafts(window, route.seat, route.world);
const ended = takeEnded(window, (world) => (world === route.world ? drafts : tabDrafts(window, route.seat, world)));
const features = joinFeatures(FEATURES);
const { seat, region, named } = route;
const textSize = TEXT_SIZES.find((size) => String(size) === localStorage.getItem(textSizeOf(region))) ?? 100;
const { layout, collapsed } = readKept(localStorage.getItem(keptUnder(seat)));
const desk = createDesk({ seat, region, named, lang, theme, textSize, layout, collapsed, ended }, features.slices);

document.documentElement.lang = lang;
document.documentElement.dataset.theme = theme;
document.documentElement.dataset.region = region;

const bridge = createBridge({
  hello: () => ({ seat: route.seat, lang: desk.getState().lang, client: 'window', world: route.world }),
});
// The screen tells the hall's time, so that ages are right on a PC whose clock is not.
const ticker = createTicker(1000, () => Date.now() + bridge.clockOffset());

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <App
    bridge={bridge}
    desk={desk}
    features={features}
    drafts={drafts}
    i18n={createI18n(lang)}
    ticker={ticker}
    screen={route.screen}
  />,
);

// The address says which role a window plays; another address is another window.
addEventListener('hashchange', () => location.reload());
