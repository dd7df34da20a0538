/** How a number stands in registers. */
export const FORMS = ['int16', 'uint16', 'int32', 'uint32', 'float32', 'float64', 'bool'] as const;
export type Form = (typeof FORMS)[number];

/**
 * In which order the bytes of a number of several registers come, `a` the highest: `abcd` as the standard has it, `cdab` with the lowest
 * register first, `badc` with the two bytes of each register changed about, `dcba` with both. Of `float64` the four registers likewise.
 */
export const ORDERS = ['abcd', 'cdab', 'badc', 'dcba'] as const;
export type Order = (typeof ORDERS)[number];

const REGISTERS: Readonly<Record<Form, number>> = {
  ...{ int16: 1, uint16: 1, int32: 2, uint32: 2, float32: 2, float64: 4, bool: 1 },
};

/** Registers that a number of a form takes. */
export const registersOf = (form: Form): number => REGISTERS[form];

/**
 * The number in the registers that begin at a byte; NaN and infinite where a float is.
 *
 * @param data registers as they came, two bytes each, the higher first
 */
export function numberAt(data: Buffer, at: number, form: Form, order: Order): number {
  const bytes = arranged(data.subarray(at, at + 2 * registersOf(form)), order);
  switch (form) {
    case 'int16':
      return bytes.readInt16BE();
    case 'uint16':
      return bytes.readUInt16BE();
    case 'int32':
      return bytes.readInt32BE();
    case 'uint32':
      return bytes.readUInt32BE();
    case 'float32':
      return bytes.readFloatBE();
    case 'float64':
      return bytes.readDoubleBE();
    case 'bool':
      return bytes.readUInt16BE() === 0 ? 0 : 1;
  }
}

/** The bytes with the highest first. */
function arranged(bytes: Buffer, order: Order): Buffer {
  if (order === 'abcd') return bytes;
  const all = Buffer.from(bytes);
  // All of them the other way round is the registers the other way round, and the bytes within each.
  if (order !== 'badc') all.reverse();
  return order === 'dcba' ? all : all.swap16();
}
