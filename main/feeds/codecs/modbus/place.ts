/** The four tables of a Modbus device; registers have 16 bits, the others one. */
export type Table = 'coil' | 'discrete' | 'input' | 'holding';

/** Where in a device something stands. */
export interface Place {
  readonly table: Table;
  /** From 0, as it goes over the wire. */
  readonly address: number;
  /** Of a register: which of its bits, 0 the lowest; null for all of it. */
  readonly bit: number | null;
}

/** How many registers or bits a table has. */
export const PLACES = 65_536;

const NAMED = /^(coil|discrete|input|holding):(\d{1,5}|0x[\da-fA-F]{1,4})(?:\.(\d{1,2}))?$/;
/** As manuals number them: the table, and from 1 on in four digits or five. */
const NUMBERED = /^([0134])(\d{4}|\d{5})(?:\.(\d{1,2}))?$/;
const TABLES: Readonly<Record<string, Table>> = { 0: 'coil', 1: 'discrete', 3: 'input', 4: 'holding' };

export const isRegister = (table: Table): boolean => table === 'input' || table === 'holding';

/** `holding:0`, `holding:0x1F`, `input:7.3` (a bit), counted from 0; or `40001`, `400001`, `30008.3`, counted from 1. Null for anything else. */
export function parsePlace(text: string): Place | null {
  const [, name = '', from0 = '', bit] = NAMED.exec(text) ?? [];
  if (name !== '') return placeOf(name as Table, Number(from0), bit);
  const [, digit = '', from1 = '', bitOf] = NUMBERED.exec(text) ?? [];
  const table = TABLES[digit];
  return table === undefined ? null : placeOf(table, Number(from1) - 1, bitOf);
}

function placeOf(table: Table, address: number, bitText: string | undefined): Place | null {
  const bit = bitText === undefined ? null : Number(bitText);
  if (address < 0 || address >= PLACES) return null;
  if (bit !== null && (bit > 15 || !isRegister(table))) return null;
  return { table, address, bit };
}
