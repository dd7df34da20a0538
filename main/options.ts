import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isTakenName, type Taken } from '../core/ledger/stream.ts';
import { isStationName } from './ledger/chainName.ts';
import { MAX_TAKEN } from './sync/messages.ts';

/** What the hall was asked for on its command line. */
export interface HallArguments {
  port: number;
  data: string;
  lang: 'zh-CN' | 'en';
  listen: string;
  station: string;
  /** `ws://host:port/hub` of the hall to join. */
  hub: string | undefined;
  /** Streams that are taken of other stations; undefined: all but rehearsals. */
  streams: Taken | undefined;
  /** Seconds after which the drill begins by itself; undefined: when asked. */
  drillAfter: number | undefined;
  /** The drill script to play; undefined: the flood. */
  drill: string | undefined;
  /** What of the ledger a start verifies: what came after the last checkpoint, or all of it. */
  verify: 'recent' | 'all';
}

/** An option, or a variable of the environment, that the hall cannot work with: a sentence in both languages. */
export class BadOption extends Error {
  override readonly name = 'BadOption';
  readonly text: { zh: string; en: string };

  constructor(en: string, zh: string) {
    super(en);
    this.text = { zh, en };
  }
}

/** What the hall takes on its command line, each with one value. The launcher and the desktop shell read them by this list. */
export const HALL_OPTIONS = [
  'port',
  'data',
  'lang',
  'listen',
  'station',
  'hub',
  'streams',
  'drill-after',
  'drill',
  'verify',
] as const;
type HallOption = (typeof HALL_OPTIONS)[number];

const LOOPBACK = '127.0.0.1';
const DEFAULT_PORT = 18787;
const DEFAULT_DRILL_AFTER = 20;
const SHOWN = 60;

const isHallOption = (name: string): name is HallOption => HALL_OPTIONS.some((known) => known === name);

/** What somebody wrote, as it can be shown: short, and without what a terminal would act upon. */
const shown = (value: string): string => {
  const safe = value.replace(/[^\P{C}]/gu, '\u{FFFD}');
  return safe.length > SHOWN ? `${safe.slice(0, SHOWN)}…` : safe;
};

function bad(name: HallOption, en: string, zh: string, value: string): BadOption {
  return new BadOption(`--${name} is ${en}, not "${shown(value)}".`, `--${name} 应为${zh}，而不是“${shown(value)}”。`);
}

function oneOf<T extends string>(name: HallOption, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw bad(name, allowed.join(' or '), allowed.join(' 或 '), value);
  return found;
}

function wholeNumber(name: HallOption, value: string, high: number, more = { en: '', zh: '' }): number {
  if (!/^\d{1,9}$/.test(value) || Number(value) > high)
    throw bad(name, `a whole number from 0 to ${high}${more.en}`, `0 到 ${high} 的整数${more.zh}`, value);
  return Number(value);
}

/** A folder or file: anything the system could have under that name. An empty one is a variable that was not set. */
function path(name: HallOption, value: string): string {
  if (value.trim() === '' || value.includes('\0') || value.length > 4000)
    throw bad(name, name === 'data' ? 'a folder' : 'a file', name === 'data' ? '文件夹' : '文件', value);
  return resolve(value);
}

function stationName(value: string): string {
  if (!/^[\w-]{1,40}$/.test(value) || !isStationName(value))
    throw new BadOption(
      `--station is up to 40 letters, digits, - and _, and not __proto__; not "${shown(value)}".`,
      `--station 应为不超过 40 个的字母、数字、- 和 _，且不为 __proto__；而不是“${shown(value)}”。`,
    );
  return value;
}

function hubAddress(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !['ws:', 'wss:'].includes(url.protocol) || url.hostname === '' || url.username || url.password)
    throw bad(
      'hub',
      'an address like ws://10.0.0.5:18787/hub, without user and password',
      '形如 ws://10.0.0.5:18787/hub 的地址，不带用户名和密码',
      value.replace(/(?<=\/\/|^)[^/]*@/, '***@'),
    );
  return value;
}

function takenStreams(value: string): Taken {
  const names = value.split(',').map((name) => name.trim());
  if (names.length > MAX_TAKEN || !names.every(isTakenName))
    throw bad(
      'streams',
      `a list like ops,cases,drill:flood, at most ${MAX_TAKEN} names; * is all but rehearsals, drill:* every rehearsal`,
      `形如 ops,cases,drill:flood 的列表，最多 ${MAX_TAKEN} 项；* 为演练以外的全部，drill:* 为全部演练`,
      value,
    );
  return names;
}

function listenAddress(value: string): string {
  if (isIP(value) === 0 && !/^(?=.{1,253}$)[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(value))
    throw bad('listen', 'an address of this PC like 127.0.0.1 or 0.0.0.0', '本机地址，如 127.0.0.1 或 0.0.0.0', value);
  return value;
}

/** The hall's options out of a command line, each with its value; what is no option of the hall's is given to `other`. */
export function splitOptions(
  argv: readonly string[],
  other: (what: { option: string; value: string | undefined } | { word: string }) => void,
): Map<HallOption, string> {
  const options = Object.fromEntries(HALL_OPTIONS.map((name) => [name, { type: 'string' as const }]));
  const values = new Map<HallOption, string>();
  for (const token of parseArgs({ args: [...argv], options, strict: false, tokens: true }).tokens) {
    if (token.kind === 'positional') other({ word: token.value });
    if (token.kind !== 'option') continue;
    if (!isHallOption(token.name)) {
      other({ option: token.rawName, value: token.value });
      continue;
    }
    if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--')))
      throw new BadOption(`--${token.name} needs a value.`, `--${token.name} 后面需要一个值。`);
    values.set(token.name, token.value);
  }
  return values;
}

/**
 * Reads the hall's options. What a hall is stands in its folder; without `--data` that is one in the user's home for the made-up city, so that a
 * rehearsal never mixes with a real ledger.
 *
 * @throws BadOption
 */
export function readHallArguments(argv: readonly string[]): HallArguments {
  const values = splitOptions(argv, (what) => {
    if ('word' in what)
      throw new BadOption(`"${shown(what.word)}" is not an option.`, `“${shown(what.word)}”不是选项。`);
    throw new BadOption(`There is no option ${shown(what.option)}.`, `没有 ${shown(what.option)} 这个选项。`);
  });
  const named = values.get('data');
  const hub = values.get('hub');
  const streams = values.get('streams');
  const drill = values.get('drill');
  const after = values.get('drill-after') ?? String(DEFAULT_DRILL_AFTER);
  return {
    port: wholeNumber('port', values.get('port') ?? String(DEFAULT_PORT), 65535),
    data: named === undefined ? join(homedir(), '.opshall', 'drill') : path('data', named),
    lang: oneOf('lang', values.get('lang') ?? 'zh-CN', ['zh-CN', 'en']),
    listen: listenAddress(values.get('listen') ?? LOOPBACK),
    station: stationName(values.get('station') ?? 'A'),
    hub: hub === undefined ? undefined : hubAddress(hub),
    streams: streams === undefined ? undefined : takenStreams(streams),
    drillAfter: after === 'never' ? undefined : wholeNumber('drill-after', after, 86_400, OR_NEVER),
    drill: drill === undefined ? undefined : path('drill', drill),
    verify: oneOf('verify', values.get('verify') ?? 'recent', ['recent', 'all']),
  };
}

const OR_NEVER = { en: ' or never', zh: '，或 never' };
