import { MOST_STRANGERS } from '../../../contract/features/feeds.ts';

/** So many are remembered, and told apart from those that come again. */
const MOST_KNOWN = 1000;
/** Of what one of them measures so much is told. */
const MOST_ITEMS = 12;
/** Names are shown to so many characters: whoever dials may call himself anything. */
const SHOWN = 64;
/** Of a line that somebody else made. */
const LONGEST_LINE = 600;

/** Devices that dial a feed and that its file does not name. */
export interface Strangers {
  /** @param item what it measures, or how it is called, where it says so */
  note(device: string, item?: string): void;
  /** How many, up to a thousand, and the latest of them, each as a line of the feed's file. */
  view(): { count: number; latest: string[] };
}

/**
 * @param what they would be in the hall: a gauge has sensors, a terminal is a unit, a client one that says how he is called; `lines`: they are lines
 *   of a file already
 */
export function createStrangers(what: 'gauges' | 'terminals' | 'clients' | 'lines'): Strangers {
  const known = new Map<string, Set<string>>();
  const lineOf = (device: string, items: ReadonlySet<string>): string => {
    if (what === 'lines') return `- ${device}`;
    const named = JSON.stringify(device);
    if (what === 'clients') return `- { device: ${named}, unit: UNIT-ID }${[...items].map(remark).join('')}`;
    if (what === 'terminals') return `- { device: ${named}, unit: UNIT-ID }`;
    const readings = [...items].map((item) => `${JSON.stringify(item)}: SENSOR-ID`);
    return `- { device: ${named}, readings: { ${readings.join(', ')} } }`;
  };
  return {
    note(device, item) {
      const shown = device.slice(0, what === 'lines' ? LONGEST_LINE : SHOWN);
      const items = known.get(shown) ?? new Set();
      // The latest is the last.
      if (!known.delete(shown) && known.size >= MOST_KNOWN) return;
      known.set(shown, items);
      if (item !== undefined && items.size < MOST_ITEMS) items.add(item.slice(0, SHOWN));
    },
    view: () => ({
      count: known.size,
      latest: [...known]
        .slice(-MOST_STRANGERS)
        .reverse()
        .map(([device, items]) => lineOf(device, items)),
    }),
  };
}

/** Whatever somebody calls himself, it ends with the line. */
function remark(name: string): string {
  return ` # ${name.replace(/\p{C}|\p{Zl}|\p{Zp}/gu, ' ')}`;
}
