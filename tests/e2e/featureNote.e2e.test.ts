import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type HallProcess, startHall } from '../support/hallProcess.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { createScratch } from '../support/scratch.ts';

const PROJECT = resolve(import.meta.dirname, '..', '..');
const FEATURE = join(PROJECT, 'tests', 'fixtures', 'feature-note');
const FOLDERS = ['core', 'contract', 'native', 'main', 'preload', 'renderer'];
const FILES = ['package.json', 'electron.vite.config.ts'];

/** The line of the feature in each list: file, what is imported, and where the list begins. */
const LINES = [
  ['contract/index.ts', "import { notes } from './features/notes.ts';", 'joinContracts(['],
  ['main/features/index.ts', "import { notes } from './notes/index.ts';", 'FEATURES: readonly Feature[] = ['],
  ['renderer/features/index.ts', "import notes from './notes/index.tsx';", 'FEATURES: readonly Feature[] = ['],
] as const;

const scratch = createScratch();
let tree: string;
let data: string;
let hall: HallProcess;
let browser: Browser;
let context: BrowserContext;

/** A tool of the house on the copy, as a developer runs it. */
function run(tool: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join('node_modules', ...tool.split('/')), ...args], {
    cwd: tree,
    encoding: 'utf8',
  });
  expect(`${stdout}${stderr}`.slice(-4000) + status, tool).toMatch(/0$/);
}

function addLine(file: string, line: string, begins: string): void {
  const text = readFileSync(join(tree, file), 'utf8');
  expect(text.split(begins), file).toHaveLength(2);
  writeFileSync(join(tree, file), `${line}\n${text.replace(begins, `${begins}notes, `)}`);
}

async function start(): Promise<void> {
  hall = await startHall({ dataDir: data, profile: 'empty', entry: join(tree, 'out', 'main', 'headless.js') });
}

async function open(route: string, lang: 'zh-CN' | 'en' = 'zh-CN'): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${hall.url}/?lang=${lang}#${route}&token=${hall.token}`);
  return page;
}

beforeAll(async () => {
  tree = scratch.folder('tree');
  data = scratch.folder('data');
  for (const name of [...FOLDERS, ...FILES]) cpSync(join(PROJECT, name), join(tree, name), { recursive: true });
  mkdirSync(join(tree, 'resources'));
  for (const name of ['city', 'drills', 'feeds', 'plans', 'rules']) {
    const from = join(PROJECT, 'resources', name);
    if (existsSync(from)) symlinkSync(from, join(tree, 'resources', name), 'dir');
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(tree, 'node_modules'), 'dir');
  const { compilerOptions } = JSON.parse(readFileSync(join(PROJECT, 'tsconfig.json'), 'utf8'));
  const shipped = { compilerOptions, include: FOLDERS, exclude: ['**/*.test.ts', '**/*.test.tsx'] };
  writeFileSync(join(tree, 'tsconfig.json'), JSON.stringify(shipped));
  // The whole of it: four folders of one name, and a line a list.
  cpSync(FEATURE, tree, { recursive: true });
  for (const [file, line, begins] of LINES) addLine(file, line, begins);
  for (const name of ['cameras', 'rules']) mkdirSync(join(data, name));
  writeFileSync(join(data, 'rules', 'water.yaml'), 'rules: water\n');
  writeFileSync(join(data, 'cameras', 'south.yaml'), 'camera: south\n');
  run('typescript/bin/tsc', '--noEmit');
  run('electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn');
  await start();
  browser = await launchBrowser();
  context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
});

afterAll(async () => {
  await browser?.close();
  await hall?.stop();
  await scratch.clear();
});

test('a feature of four folders and three lines is opened by its key, written in, and there after a reload and a restart', async () => {
  const workspace = await open('/');
  // Not the drill's streets: this hall is not the drill's.
  const city: string[] = [];
  workspace.on('request', (request) => {
    if (request.url().includes('.geojson')) city.push(request.url());
  });
  await workspace.reload();
  await workspace.getByText('本大厅尚未接入城市').waitFor();
  // What of its folder is wrong or not read is said in the window's language.
  await workspace.getByRole('button', { name: /^提示 \d+$/ }).click();
  await workspace.getByText(/water\.yaml 第 1 行（rules）：此项的类型不对/).waitFor();
  await workspace.getByText(/south\.yaml 第 1 行：不认识的项 “camera”/).waitFor();
  await workspace.keyboard.press('Escape');
  await workspace.getByRole('button', { name: /^数据源 \d+\/\d+$/ }).click();
  const refused = context.waitForEvent('page', { timeout: PATIENCE_MS });
  await workspace.getByRole('button', { name: /^查看被拒收的报文/ }).click();
  const quarantine = await refused;
  quarantine.setDefaultTimeout(PATIENCE_MS);
  await quarantine
    .getByRole('listbox')
    .getByText(/^文件 .*water\.yaml$/)
    .click();
  await quarantine
    .getByRole('list')
    .getByText(/water\.yaml 第 1 行（rules）：此项的类型不对/)
    .waitFor();
  await quarantine.getByText('此处应为列表', { exact: true }).waitFor();
  await quarantine.close();
  // In the rail by itself, with its number; its key opens it in a window of its own, because it has no place in the workspace.
  await workspace.getByRole('button', { name: '便笺' }).waitFor();
  const opened = context.waitForEvent('page', { timeout: PATIENCE_MS });
  await workspace.keyboard.press('z');
  const region = await opened;
  region.setDefaultTimeout(PATIENCE_MS);
  expect(new URL(region.url()).hash).toMatch(/^#\/notes/);
  expect(city).toEqual([]);
  await region.getByLabel('便笺内容').fill('南门积水，已派泵车');
  await region.getByRole('button', { name: '写下' }).click();
  const line = (page: Page) => page.getByRole('list', { name: '便笺' }).getByText('南门积水，已派泵车 · duty');
  await line(region).waitFor();
  await region.reload();
  await line(region).waitFor();

  await hall.stop();
  await start();
  const english = await open('/notes', 'en');
  await english.getByRole('list', { name: 'Notes' }).getByText('南门积水，已派泵车 · duty').waitFor();
});

test.each([
  ['zh-CN', '便笺', '打开便笺'],
  ['en', 'Notes', 'Open the notes'],
] as const)('its key is on the sheet of keys, in %s', async (lang, region, key) => {
  const page = await open('/', lang);
  await page.getByRole('button', { name: region }).waitFor();
  await page.keyboard.press('?');
  await page.getByText(key).waitFor();
});

test('a window that was kept for a region which is not there says so', async () => {
  const page = await open('/no-such-region');
  await page.getByText('此版本没有“no-such-region”区域').waitFor();
});
