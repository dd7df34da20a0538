import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';

const require = createRequire(import.meta.url);
const SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.1, levels A and AA: what can be broken, not what is advised. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

interface RunOnly {
  readonly type: 'tag' | 'rule';
  readonly values: readonly string[];
}

/** As much of axe as is asked of it. */
interface Axe {
  run(
    root: Document | Element,
    options: { runOnly: RunOnly; resultTypes: ['violations']; iframes: false; preload: false },
  ): Promise<{ violations: { id: string; help: string; nodes: { target: string[]; any: { message: string }[] }[] }[] }>;
}

/**
 * What axe finds on a page as it stands, in its own theme and, of contrast alone, in the other of dark and light; a wall has
 * one theme. A violation is a line: rule, what broke it, why.
 *
 * @param part CSS selector of what to look at, where the rest of the page is not in question
 */
export async function violationsOf(page: Page, part = ':root'): Promise<string[]> {
  // Evaluated, because the page's policy takes no script of another's.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(SOURCE);
  const theme = await page.evaluate(keepStill);
  try {
    const own = await page.evaluate(look, { part, runOnly: { type: 'tag' as const, values: WCAG } });
    if (theme === 'wall') return own;
    const other = theme === 'light' ? 'dark' : 'light';
    await page.evaluate(wear, other);
    const contrast = await page.evaluate(look, {
      part,
      runOnly: { type: 'rule' as const, values: ['color-contrast'] },
    });
    await page.evaluate(wear, theme);
    return [...own, ...contrast.map((line) => `${other}: ${line}`)];
  } finally {
    await page.evaluate(letMove);
  }
}

/** Runs in the page. */
async function look({ part, runOnly }: { part: string; runOnly: RunOnly }): Promise<string[]> {
  const { axe } = globalThis as unknown as { axe: Axe };
  const root = part === ':root' ? document : document.querySelector(part);
  if (!root) throw new Error(`nothing to look at: ${part}`);
  const { violations } = await axe.run(root, {
    ...{ runOnly, iframes: false, preload: false },
    resultTypes: ['violations'],
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.join(' ')}: ${any[0]?.message ?? help}`),
  );
}

/** Runs in the page: lets no colour be on its way, where it is neither, and answers the theme that is worn. */
function keepStill(): string {
  const still = new CSSStyleSheet();
  still.replaceSync('*, ::before, ::after { transition: none !important }');
  document.adoptedStyleSheets.push(still);
  return document.documentElement.dataset.theme ?? 'dark';
}

/** Runs in the page: dresses it in a theme without the window's keeping it. */
function wear(theme: string): void {
  const { dataset } = document.documentElement;
  dataset.theme = theme;
  dataset.mantineColorScheme = theme === 'light' ? 'light' : 'dark';
  document.getAnimations(); // Has the styles computed: what changes while all keep still is no movement later.
}

/** Runs in the page. */
function letMove(): void {
  document.adoptedStyleSheets.pop();
}
