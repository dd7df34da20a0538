import { parseArgs } from 'node:util';
import { Refusal } from './project.ts';

/** What `npm start -- …` was asked for. `hall` are the options as the hall itself takes them. */
export interface StartOptions {
  readonly help: boolean;
  readonly headless: boolean;
  readonly hall: readonly string[];
}

const OPTIONS = {
  headless: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  port: { type: 'string' },
  data: { type: 'string' },
  profile: { type: 'string' },
  lang: { type: 'string' },
  listen: { type: 'string' },
  station: { type: 'string' },
  hub: { type: 'string' },
  drill: { type: 'string' },
  'drill-after': { type: 'string' },
} as const;

/** The options of `npm start`, one a line, for `--help` and for refusals. */
export const USAGE = `Options of npm start, after "--":
  --headless            the hall without a window, for browsers and video-wall displays
  --port N              port of the hall's HTTP and WebSocket server (1 to 65535, or 0 for any free one)
  --data DIR            folder of the ledger and everything else that is kept
  --profile drill|empty drill: the made-up drill city (the default); empty: nothing configured
  --lang zh-CN|en       language of the windows
  --listen ADDR         address to listen on (default 127.0.0.1; anything else lets other PCs in, by token)
  --station NAME        name of this station, when several are joined
  --hub URL             hall to join, e.g. ws://10.0.0.5:18787/hub
  --drill FILE          drill script that is played (default resources/drills/flood.yaml)
  --drill-after N       seconds until the drill begins, or "never"
  --help                this list`;

const CHOICES: Partial<Record<keyof typeof OPTIONS, readonly string[]>> = {
  profile: ['drill', 'empty'],
  lang: ['zh-CN', 'en'],
};

/**
 * Reads the options of `npm start`.
 *
 * @throws {Refusal} for an unknown option or a value that is not one of the possible ones, with the list of options.
 */
export function readStartOptions(args: readonly string[]): StartOptions {
  const refuse = (sentence: string): never => {
    throw new Refusal(`${sentence}\n${USAGE}`);
  };
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  const hall: string[] = [];
  let help = false;
  let headless = false;
  for (const token of tokens) {
    if (token.kind === 'positional') refuse(`"${token.value}" is not an option.`);
    if (token.kind !== 'option') continue;
    const name = token.name as keyof typeof OPTIONS;
    if (!(name in OPTIONS)) refuse(`There is no option ${token.rawName}.`);
    if (name === 'help') help = true;
    else if (name === 'headless') headless = true;
    else {
      const value = token.value ?? '';
      if (value === '' || value.startsWith('--')) refuse(`${token.rawName} needs a value.`);
      const choices = CHOICES[name];
      if (choices && !choices.includes(value)) refuse(`${token.rawName} is ${choices.join(' or ')}, not "${value}".`);
      if (name === 'port' && !(/^\d{1,5}$/.test(value) && Number(value) <= 65535)) {
        refuse(`--port is a number from 0 to 65535, not "${value}".`);
      }
      hall.push(`--${name}`, value);
    }
  }
  return { help, headless, hall };
}
