/**
 * What the bits of a state are called, the lowest first (GB/T 26875.3-2011). A bit that is 1 says that it is so: `normal` is 0 while
 * something is being tested, and from devices that leave it out. Bits beyond are reserved.
 */
export const STATE = {
  system: [
    ...['normal', 'fire', 'fault', 'shielded', 'supervision', 'started', 'feedback', 'delayed'],
    ...['main-power-fault', 'backup-power-fault', 'bus-fault', 'manual', 'setup-changed', 'reset'],
  ],
  component: [
    ...['normal', 'fire', 'fault', 'shielded', 'supervision', 'started', 'feedback', 'delayed', 'power-fault'],
  ],
  device: [
    ...['normal', 'fire', 'fault', 'main-power-fault', 'backup-power-fault', 'centre-line-fault', 'panel-line-fault'],
  ],
} as const satisfies Record<string, readonly string[]>;

const OPERATED = [
  ...['operation-reset', 'operation-silence', 'operation-manual-alarm', 'operation-clear', 'operation-self-test'],
];

/** The same of operations. What a system calls a confirmation is the device's answer to a duty check 查岗. */
export const OPERATION = {
  system: [...OPERATED, 'operation-confirm', 'operation-test'],
  device: [...OPERATED, 'operation-duty-answer', 'operation-test'],
} as const satisfies Record<string, readonly string[]>;

/** Analogue values by their number (table 6): the name with its unit where two kinds differ in nothing else, and what one step of the number is. */
const QUANTITIES: ReadonlyMap<number, { readonly name: string; readonly steps: 1 | 10 | 100 }> = new Map([
  [1, { name: 'count', steps: 1 }],
  [2, { name: 'height', steps: 100 }],
  [3, { name: 'temperature', steps: 10 }],
  [4, { name: 'pressure-mpa', steps: 10 }],
  [5, { name: 'pressure-kpa', steps: 10 }],
  [6, { name: 'gas', steps: 10 }],
  [7, { name: 'time', steps: 1 }],
  [8, { name: 'voltage', steps: 10 }],
  [9, { name: 'current', steps: 10 }],
  [10, { name: 'flow', steps: 10 }],
  [11, { name: 'air-flow', steps: 10 }],
  [12, { name: 'wind-speed', steps: 1 }],
]);

/** Name and value of an analogue number. Of kinds that the standard does not know only their makers know the unit: the number is the value. */
export function analogueOf(quantity: number, raw: number): { name: string; value: number } {
  const known = QUANTITIES.get(quantity);
  return known ? { name: known.name, value: raw / known.steps } : { name: `analogue-${quantity}`, value: raw };
}

/** `1.3`: which system of a building. */
export const systemName = (system: number, address: number): string => `${system}.${address}`;

/** `1.3.000600D9`: which component of it, its address as hex because makers put loop and number into its halves. */
export const componentName = (system: number, address: number, part: number): string =>
  `${system}.${address}.${part.toString(16).toUpperCase().padStart(8, '0')}`;

/** The transmission device itself. */
export const DEVICE_NAME = 'device';

const BYTE = '(?:\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])';
const values = [...[...QUANTITIES.values()].map(({ name }) => name), `analogue-${BYTE}`];
const wordsOf = (...words: (readonly string[])[]): string => `(?:${words.flat().join('|')})`;

/** Whatever this protocol may call an item. */
export const ITEM = new RegExp(
  `^(?:${DEVICE_NAME}:${wordsOf(STATE.device, OPERATION.device)}` +
    `|${BYTE}\\.${BYTE}:${wordsOf(STATE.system, OPERATION.system)}` +
    `|${BYTE}\\.${BYTE}\\.[\\dA-F]{8}:${wordsOf(STATE.component, values)})$`,
);
