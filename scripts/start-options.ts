import { BadOption, readHallArguments, splitOptions } from '../main/options.ts';
import { Refusal } from './project.ts';

/** What `npm start -- …` was asked for. `hall` are the options as the hall itself takes them. */
export interface StartOptions {
  readonly help: boolean;
  readonly headless: boolean;
  readonly hall: readonly string[];
}

/** The options of `npm start`, one a line, for `--help` and for refusals. */
export const USAGE = `Options of npm start, after "--":
  --headless            the hall without a window, for browsers and video-wall displays
  --port N              port of the hall's HTTP and WebSocket server (1 to 65535, or 0 for any free one)
  --data DIR            folder of the hall (default ~/.opshall/drill: the made-up city)
  --lang zh-CN|en       language of the windows
  --listen ADDR         address to listen on (default 127.0.0.1; anything else lets other PCs in, by token)
  --station NAME        name of this station, when several are joined
  --hub URL             hall to join, e.g. ws://10.0.0.5:18787/hub
  --streams LIST        streams taken of other stations, e.g. ops,cases,drill:flood (default *: all but rehearsals; drill:*: every rehearsal)
  --drill FILE          drill script, played by its own times without waiting for people (default: flood.yaml, which waits)
  --drill-after N       seconds until the drill begins, or "never"
  --verify recent|all   what of the ledger is verified before the start goes on (default recent; the rest is once a day)
  --help                this list`;

/**
 * Reads the options of `npm start`. What the hall is meant to get is read as the hall reads it.
 *
 * @throws {Refusal} for an unknown option or a value that is not one of the possible ones, with the list of options.
 */
export function readStartOptions(args: readonly string[]): StartOptions {
  const refuse = (sentence: string): never => {
    throw new Refusal(`${sentence}\n${USAGE}`);
  };
  let help = false;
  let headless = false;
  try {
    const values = splitOptions(args, (what) => {
      if ('word' in what) refuse(`"${what.word}" is not an option.`);
      else if (what.option === '--help' || what.option === '-h') help = true;
      else if (what.option === '--headless' && what.value === undefined) headless = true;
      else refuse(`There is no option ${what.option}.`);
    });
    const hall = [...values].map(([name, value]) => `--${name}=${value}`);
    readHallArguments(hall);
    return { help, headless, hall };
  } catch (error) {
    if (error instanceof BadOption) return refuse(`${error.text.zh}\n${error.text.en}`);
    throw error;
  }
}
