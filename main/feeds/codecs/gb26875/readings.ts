import type { CodecReading } from '../codec.ts';
import { analogueOf, componentName, DEVICE_NAME, OPERATION, STATE, systemName } from './items.ts';
import type { FireObject } from './objects.ts';

/** What is dated further ahead than this is refused of other sources, until their clocks are seen to be steady. */
const AHEAD_MS = 60_000;

/** What an object is read for. */
export interface Reader {
  readonly device: string;
  /** The items that sensors are given for; undefined where the device is none of the hall's. */
  readonly wanted: ReadonlySet<string> | undefined;
  /** Wall ms for objects without a time of their own. */
  readonly otherwise: number;
  /** By the hall's clock. */
  readonly now: number;
}

/**
 * Hands on what an object says. A state says everything that is not so, too: of that only what a sensor is given for is a reading, or each detector
 * of a building would be told of nine times; of a device that is none of the hall's, whether there is a fire.
 *
 * A fire is said once: where the time of it is none, or ahead of the hall's clock, it is of now, or of when the frame was sent, and doubtful, which raises an
 * alarm all the same.
 *
 * @returns what is wrong with the object's time
 */
export function readObject(
  type: number,
  object: FireObject,
  reader: Reader,
  records: CodecReading[],
): 'none' | 'ahead' | null {
  const { device, wanted, otherwise, now } = reader;
  const none = Number.isNaN(object.time);
  const said = none ? otherwise : (object.time ?? otherwise);
  const ahead = said > now + AHEAD_MS;
  const t = ahead ? now : said;
  const add = (item: string, value: number): void => {
    records.push({ kind: 'reading', device, item, t, value, quality: none || ahead ? 'doubtful' : 'good' });
  };
  const state = (name: string, words: readonly string[]): void => {
    for (const [bit, word] of words.entries()) {
      const value = (object.status >> bit) & 1;
      const item = `${name}:${word}`;
      const news = (value === 1 && word !== 'normal') || (wanted === undefined && word === 'fire');
      if (news || wanted?.has(item)) add(item, value);
    }
  };
  const operation = (name: string, words: readonly string[]): void => {
    for (const [bit, word] of words.entries()) if ((object.operation >> bit) & 1) add(`${name}:${word}`, 1);
  };
  const { system, address, part } = object;
  switch (type) {
    case 1:
      state(systemName(system, address), STATE.system);
      break;
    case 2:
      state(componentName(system, address, part), STATE.component);
      break;
    case 3: {
      const { name, value } = analogueOf(object.quantity, object.raw);
      add(`${componentName(system, address, part)}:${name}`, value);
      break;
    }
    case 4:
      operation(systemName(system, address), OPERATION.system);
      break;
    case 21:
      state(DEVICE_NAME, STATE.device);
      break;
    case 24:
      operation(DEVICE_NAME, OPERATION.device);
      break;
    default:
      // Versions, texts and clocks: a sign of life.
      return null;
  }
  return none ? 'none' : ahead ? 'ahead' : null;
}
