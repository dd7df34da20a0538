/** `npm run drill -- FILE --report DIR`: the main job without a window, on two stations, with the cable pulled in the middle. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ContractError } from '../contract/errors.ts';
import { DrillScript } from '../core/drills/script.ts';
import { readYaml } from '../main/config/readYaml.ts';
import { build } from './build.ts';
import { rehearse } from './drill/rehearse.ts';
import { type ShownIncident, writeReport } from './drill/report.ts';
import { type DrillStation, openStation } from './drill/station.ts';
import { Refusal, runTask, say } from './project.ts';

const ASKED_AGAIN = 20;
const ASK_AGAIN_MS = 1000;

const USAGE = `npm run drill -- FILE [--report DIR]
  FILE          a drill script, such as resources/drills/flood.yaml
  --report DIR  folder for report.json, report.html, run.html and their English (default: drill-report)`;

function readArguments(args: readonly string[]): { file: string; report: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { report: { type: 'string', default: 'drill-report' } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new Error('a drill needs one script');
    return { file: resolve(file), report: resolve(values.report) };
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

function readScript(file: string): DrillScript {
  try {
    return readYaml(file, readFileSync(file, 'utf8'), DrillScript);
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
}

/** What a station shows of one incident at the end, with its report of the run. */
async function shownAt(station: DrillStation, script: DrillScript, about: string): Promise<ShownIncident> {
  const run = station.run(about);
  const seat = script.seats.find((each) => each.station === station.name)?.seat ?? '';
  const tell = (id: string, lang: 'zh-CN' | 'en') =>
    whenNotBusy(async () => (await station.seat(seat).call('runs.report', { run: id, lang })).html);
  const runHtml = run ? { zh: await tell(run.id, 'zh-CN'), en: await tell(run.id, 'en') } : null;
  return { incident: station.incident(about), run, runHtml };
}

/** Asks again what a hall on a busy machine has no time for: a drill that was played is not lost for its report. */
async function whenNotBusy<T>(ask: () => Promise<T>): Promise<T> {
  for (let again = 0; ; again++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ContractError) || error.code !== 'busy' || again === ASKED_AGAIN) throw error;
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }
}

async function main(args: readonly string[]): Promise<number> {
  const { file, report: dir } = readArguments(args);
  const script = readScript(file);
  await build();
  const data = mkdtempSync(join(tmpdir(), 'opshall-drill-'));
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const open: DrillStation[] = [];
  const seats = (name: string) => script.seats.filter((seat) => seat.station === name).map((seat) => seat.seat);
  try {
    const a = await openStation({ name: 'A', seats: seats('A'), dataDir: join(data, 'A'), drill: file });
    open.push(a);
    const hubToken = readFileSync(join(data, 'A', 'hub-token'), 'utf8').trim();
    const cityFeed = readFileSync(join(data, 'A', 'city-feed'), 'utf8').trim();
    const hub = { url: `${a.url.replace('http', 'ws')}/hub`, token: hubToken };
    const b = await openStation({ name: 'B', seats: seats('B'), dataDir: join(data, 'B'), drill: file, hub, cityFeed });
    open.push(b);
    say(`${script.name.zh} ${script.name.en}: stations A ${a.url} and B ${b.url}`);
    const report = await rehearse(script, [a, b], stop.signal);
    const shown: ShownIncident[] = [];
    for (const { about } of report.incidents) shown.push(await shownAt(a, script, about));
    writeReport(dir, script, report, shown);
    for (const fault of report.faults) say(`  ${fault}`);
    say(`${report.passed ? 'Passed' : 'Failed'} in ${report.seconds} s; report in ${dir}`);
    return report.passed ? 0 : 1;
  } finally {
    await Promise.all(open.map((station) => station.close()));
    rmSync(data, { recursive: true, force: true });
  }
}

await runTask(() => main(process.argv.slice(2)));
