import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AlarmRules } from '../core/alarms/rules.ts';
import { PlanTemplate } from '../core/plans/template.ts';
import { readYaml } from '../main/config/readYaml.ts';
import { readFeedConfig } from '../main/feeds/registry.ts';
import { readHallArguments } from '../main/options.ts';
import { STEP_KEYS } from '../renderer/features/plans/stepActions.ts';
import { inProject, ROOT } from './project.ts';
import { readStartOptions, USAGE } from './start-options.ts';

const PAGES = globSync(['*.md', 'docs/**/*.md', '{core,contract,native,main,renderer,tests}/**/*.md'], { cwd: ROOT });
const README = read('README.md');

function read(file: string): string {
  return readFileSync(inProject(file), 'utf8');
}

/** Without what is shown as code, which may hold brackets of its own. */
function prose(page: string): string {
  return page.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
}

/** Where a page's relative links and pictures lead. */
function linksOf(page: string): string[] {
  const found = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return found.filter((target) => !/^[a-z]+:/i.test(target));
}

/** Names under which a page can be pointed into: its headings, as GitHub writes them, and its own anchors. */
function anchorsOf(page: string): Set<string> {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...page.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]);
}

function deadLinks(file: string): string[] {
  const page = read(file);
  return linksOf(page).filter((target) => {
    const [path = '', anchor] = target.split('#');
    const to = path === '' ? file : join(dirname(file), path);
    if (!existsSync(inProject(to))) return true;
    return anchor !== undefined && to.endsWith('.md') && !anchorsOf(read(to)).has(anchor);
  });
}

describe('links', () => {
  test.each(PAGES)('of %s lead somewhere, and its pictures are there', (file) => {
    expect(deadLinks(file)).toEqual([]);
  });

  test('a dead link, a dead anchor and a missing picture are found', () => {
    const page = 'a [b](c.md), ![d](e/f.png), [g](#h), [i](https://j.k), `[l](m.md)`\n\n```md\n[n](o.md)\n```\n';
    expect(linksOf(page)).toEqual(['c.md', 'e/f.png', '#h']);
    expect(anchorsOf('# A damaged ledger\n## 端口 `--port`, and so on').has('a-damaged-ledger')).toBe(true);
  });

  test('every decision is in the list of decisions, and numbers are used once', () => {
    const files = globSync('docs/adr/[0-9]*.md', { cwd: ROOT }).map((file) => file.slice('docs/adr/'.length));
    expect(linksOf(read('docs/adr/README.md')).sort()).toEqual(files.sort());
    expect(new Set(files.map((file) => file.slice(0, 4))).size).toBe(files.length);
  });
});

test('files that a page names are there', () => {
  const path = /^(?:core|contract|native|main|preload|renderer|resources|tests|scripts|docs)\/[\w./*-]+$/;
  const generated = /^resources\/city\//;
  const missing = PAGES.filter((file) => !file.startsWith('docs/adr/')).flatMap((file) =>
    [...read(file).matchAll(/`([^`\n]+)`/g)]
      .map(([, name = '']) => name)
      .filter((name) => path.test(name) && !generated.test(name) && globSync(name, { cwd: ROOT }).length === 0)
      .map((name) => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('examples can be used as they are', () => {
  const example = (file: string) => /^```yaml\n(.*?)^```/ms.exec(read(file))?.[1] ?? '';
  expect(readYaml('plans.md', example('docs/plans.md'), PlanTemplate).plan).toBe('gas-leak-street');
  expect(readYaml('rules.md', example('docs/rules.md'), AlarmRules).rules).toHaveLength(1);
  const feed = readFeedConfig('ws-json.md', example('docs/protocols/ws-json.md'), { 'water.token': 'secret' });
  expect(feed.id).toBe('water-bureau');
});

describe('dependencies', () => {
  interface Manifest {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
    readonly license?: string;
  }
  const manifest = JSON.parse(read('package.json')) as Manifest;
  const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  const rows = new Map<string, { version: string; licence: string; why: string }>();
  for (const line of read('docs/dependencies.md').split('\n')) {
    const [names = '', versions = '', , licence = '', why = ''] = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
    const list = names.split(', ');
    const each = versions.split(', ');
    for (const [i, name] of list.entries()) rows.set(name, { version: each[i] ?? each[0] ?? '', licence, why });
  }

  test.each(wanted)('%s %s has its row, with version, licence and reason', (name, range) => {
    const { license = '' } = JSON.parse(read(`node_modules/${name}/package.json`)) as Manifest;
    const row = rows.get(name);
    expect(row?.version).toBe(/\d+/.exec(range)?.[0]);
    expect(row?.licence).toContain(license);
    expect(row?.why).not.toBe('');
  });

  test('nothing is described that is not there any more', () => {
    const names = new Set(wanted.map(([name]) => name));
    const versioned = [...rows].filter(([, { version }]) => /^\d+$/.test(version)).map(([name]) => name);
    expect(versioned.filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('the README', () => {
  const optionsIn = (text: string): string[] => [
    ...new Set([...text.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, name = '']) => name)),
  ];

  test('names only options that exist, and all of npm start', () => {
    const known = ['start-options', 'package', 'drill', 'soak', 'bench', 'hall'].flatMap((script) =>
      optionsIn(read(`scripts/${script}.ts`)),
    );
    expect(optionsIn(README).filter((name) => !known.includes(name))).toEqual([]);
    expect(optionsIn(USAGE).filter((name) => !README.includes(`| \`--${name}`))).toEqual([]);
  });

  test('an option that npm start takes, the hall takes', () => {
    const values: Readonly<Record<string, string>> = {
      ...{ port: '0', data: 'd', lang: 'en', listen: '0.0.0.0', station: 'B' },
      ...{ hub: 'ws://127.0.0.1/hub', streams: 'ops,drill:*', drill: 'f.yaml', 'drill-after': 'never', verify: 'all' },
    };
    const names = optionsIn(USAGE).filter((name) => name !== 'help' && name !== 'headless');
    expect(names.sort()).toEqual(Object.keys(values).sort());
    for (const name of names) {
      const { hall } = readStartOptions([`--${name}`, values[name] ?? '']);
      expect(() => readHallArguments(hall)).not.toThrow();
    }
  });

  test('names only keys that the windows know', () => {
    const sources = globSync('renderer/**/*.{ts,tsx}', { cwd: ROOT, exclude: (path) => path.includes('.test.') });
    const lists = sources.flatMap((file) =>
      [...read(file).matchAll(/\bkeys?: (\[[^\]]*\]|'[^']*')/g)].map(([, list = '']) => list),
    );
    const literals = lists.flatMap((list) => [...list.matchAll(/['`]([^'`]+)['`]/g)].map(([, key = '']) => key));
    const patterns = literals.map((key) => {
      const fixed = key.split(/\$\{[^}]*\}/).map((part) => part.replace(/\W/g, '\\$&'));
      return new RegExp(`^${fixed.join('[a-z0-9]+')}$`);
    });
    const known = (key: string) =>
      Object.values(STEP_KEYS).includes(key) || /^[1-9]$/.test(key) || patterns.some((each) => each.test(key));
    const arrows: Readonly<Record<string, string>> = {
      '↑': 'arrowup',
      '↓': 'arrowdown',
      '←': 'arrowleft',
      '→': 'arrowright',
    };
    // Of the terminal, of a form that has more than one line, and of the desktop shell's menu.
    const others = ['ctrl+c', 'ctrl+enter', 'f11'];
    const keys = [...`${README}${read('docs/guide.md')}`.matchAll(/<kbd>([^<]+)<\/kbd>/g)].map(([, key = '']) =>
      key.toLowerCase().replace(/[↑↓←→]/, (arrow) => arrows[arrow] ?? arrow),
    );
    expect(keys.length).toBeGreaterThan(20);
    expect([...new Set(keys)].filter((key) => !known(key) && !others.includes(key))).toEqual([]);
  });
});
