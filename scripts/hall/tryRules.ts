import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MOST_TRIED_DAYS } from '../../contract/features/setupTrial.ts';
import { systemClock, systemZone } from '../../main/clock.ts';
import { triedThings } from '../../main/features/setup/triedThings.ts';
import { type TriedRule, tryRules } from '../../main/features/setup/tryRules.ts';
import { readHallFolder } from '../../main/kernel/hallFolder.ts';
import { readHallArguments } from '../../main/options.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { simulatedIn } from '../../main/simulation/simulate.ts';
import { TELEMETRY_FILE } from '../../main/telemetry/openTelemetry.ts';
import { openTelemetryHistory } from '../../native/sqlite/telemetryHistory.ts';
import { inProject, Refusal, say } from '../project.ts';
import { sayNotices } from './check.ts';

const DAY_MS = 86_400_000;
const NUMERALS = { 1: 'I', 2: 'II', 3: 'III', 4: 'IV' } as const;
/** EEMUA 191: what one person can follow within ten minutes. */
const TOO_MANY = 10;

/** Says what the rules of a hall's folder, as its files are now, would have raised of what its sensors said: nothing is raised, and the hall may be running. */
export function tryRulesCommand(options: readonly string[]): number {
  const { days, rest } = daysOf(options);
  const { data: dataDir, lang } = readHallArguments(rest);
  if (!existsSync(dataDir)) throw new Refusal(`There is no folder ${dataDir}: make one with "npm run hall -- init".`);
  const clock = systemClock();
  const now = clock.now();
  const { city, files, notices } = readHallFolder({
    ...{ resources: inProject('resources'), hallDir: dataDir, simulated: simulatedIn(dataDir) },
    ...{ rejects: createRejects({ clock }), now },
  });
  // A file that is left out has no rules and no sensors to try.
  sayNotices(
    notices.filter(({ severity }) => severity === 'error'),
    lang,
  );
  const history = openTelemetryHistory(join(dataDir, TELEMETRY_FILE));
  if (!history)
    throw new Refusal(
      `${dataDir} 中还没有 ${TELEMETRY_FILE}：先让大厅运行一段时间，规则才有数据可试。\n${dataDir} has no ${TELEMETRY_FILE} yet: rules can be tried once the hall has run for a while.`,
    );
  try {
    const { rules, values, span, mostInTenMinutes } = tryRules(
      files.rules,
      triedThings(city, files.rules, systemZone()),
      history,
      now - days * DAY_MS,
    );
    const en = lang === 'en';
    if (!span) {
      say(en ? `Nothing was heard of the sensors within ${days} day(s).` : `${days} 天内没有这些传感器的数据。`);
      return 0;
    }
    const at = new Intl.DateTimeFormat(en ? 'en-GB' : 'zh-CN', {
      ...{ dateStyle: 'short', timeStyle: 'short', timeZone: systemZone() },
    });
    const [from, to] = [at.format(span.from), at.format(span.to)];
    say(
      en
        ? `${values.toLocaleString('en')} values from ${from} to ${to}. Had these rules been there, they would have raised:`
        : `${from} 至 ${to} 的 ${values.toLocaleString('en')} 个数值。若这些规则当时生效，会触发：`,
    );
    for (const rule of rules) say(`  ${lineOf(rule, en)}`);
    const flood = mostInTenMinutes > TOO_MANY;
    say(
      en
        ? `Within ten minutes at most ${mostInTenMinutes}${flood ? `: more than one person can follow (${TOO_MANY}, EEMUA 191)` : ''}.`
        : `十分钟内最多 ${mostInTenMinutes} 条${flood ? `，超过一人可处置的 ${TOO_MANY} 条（EEMUA 191）` : ''}。`,
    );
    return 0;
  } finally {
    history.close();
  }
}

/** Takes `--days N` out of the options: whole days that a hall keeps. */
function daysOf(options: readonly string[]): { days: number; rest: readonly string[] } {
  const at = options.indexOf('--days');
  if (at < 0) return { days: 1, rest: options };
  const days = Number(options[at + 1]);
  if (!Number.isInteger(days) || days < 1 || days > MOST_TRIED_DAYS)
    throw new Refusal(
      `--days 应为 1 到 ${MOST_TRIED_DAYS} 的整数：大厅只保存今天和前两天的数据。\n--days takes a whole number from 1 to ${MOST_TRIED_DAYS}: a hall keeps what was said today and on the two days before.`,
    );
  return { days, rest: options.filter((_, i) => i !== at && i !== at + 1) };
}

function lineOf({ rule, name, sensors, heard, raised, levels, longest, up, busiest }: TriedRule, en: boolean): string {
  const named = `${en ? name.en : name.zh} (${rule})`;
  const watched = en ? `heard of ${heard} of ${sensors}` : `${sensors} 个中 ${heard} 个有数据`;
  if (longest === null) return en ? `${named}: nothing; ${watched}` : `${named}：无；${watched}`;
  const by = ([1, 2, 3, 4] as const).flatMap((level) =>
    levels[level] > 0 ? `${NUMERALS[level]} ${levels[level]}` : [],
  );
  const minutes = Math.ceil(longest / 60_000);
  const most = busiest.map(({ sensor, raised: times }) => `${sensor} ×${times}`).join(', ');
  return en
    ? `${named}: ${raised} (${by.join(', ')}), the longest ${minutes} min${up > 0 ? `, ${up} still up` : ''}; most of ${most}; ${watched}`
    : `${named}：${raised} 条（${by.join('，')}），最长 ${minutes} 分钟${up > 0 ? `，${up} 条尚未恢复` : ''}；最多 ${most}；${watched}`;
}
