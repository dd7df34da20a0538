import { mostOf } from './frames.ts';
import { isRegister, type Table } from './place.ts';
import { type Form, numberAt, type Order, registersOf } from './value.ts';

/** One thing that is measured, and how it stands in the device. */
export interface Point {
  /** What the file calls it. */
  readonly item: string;
  readonly table: Table;
  readonly address: number;
  /** Of a register: the bit that is meant. */
  readonly bit: number | null;
  /** Of a register without `bit`. */
  readonly form: Form;
  readonly order: Order;
  /** The number by which the device says that it has none. */
  readonly missing: number | null;
}

/** What one request asks for. */
export interface Span {
  readonly table: Table;
  readonly address: number;
  /** Registers, or bits. */
  readonly count: number;
  /** In the order of their addresses; at least one. */
  readonly points: readonly Point[];
}

/** Registers, or bits, that a point takes. */
export const sizeOf = ({ table, bit, form }: Point): number =>
  isRegister(table) && bit === null ? registersOf(form) : 1;

/**
 * As few requests as bring all points, none longer than the standard lets it be.
 *
 * @param gap registers, or bits, between two points that are read along and thrown away; 0: nothing is asked for that no point names
 */
export function spansOf(points: readonly Point[], gap: number): Span[] {
  const spans: Span[] = [];
  let run: Point[] = [];
  let end = 0;
  for (const point of inOrder(points)) {
    const [first] = run;
    const to = point.address + sizeOf(point);
    const joins =
      first?.table === point.table && point.address - end <= gap && to - first.address <= mostOf(point.table);
    if (!joins) {
      if (run.length > 0) spans.push(spanOf(run));
      run = [];
      end = 0;
    }
    run.push(point);
    end = Math.max(end, to);
  }
  if (run.length > 0) spans.push(spanOf(run));
  return spans;
}

/** The two halves of what a device does not give as a whole; null where that is one place of it. */
export function halvesOf({ points }: Span): [Span, Span] | null {
  const addresses = [...new Set(points.map(({ address }) => address))];
  const middle = addresses[Math.ceil(addresses.length / 2)];
  if (middle === undefined) return null;
  return [
    spanOf(points.filter(({ address }) => address < middle)),
    spanOf(points.filter(({ address }) => address >= middle)),
  ];
}

/** What was read, by the file's names. What the device says it has not, and what is no number, is not there. */
export function valuesOf(span: Span, data: Buffer): { item: string; value: number }[] {
  return span.points.flatMap((point) => {
    const value = valueIn(data, point.address - span.address, point);
    return Number.isFinite(value) && value !== point.missing ? [{ item: point.item, value }] : [];
  });
}

function valueIn(data: Buffer, at: number, { table, bit, form, order }: Point): number {
  if (!isRegister(table)) return ((data[at >> 3] ?? 0) >> (at & 7)) & 1;
  return bit === null ? numberAt(data, 2 * at, form, order) : (data.readUInt16BE(2 * at) >> bit) & 1;
}

const inOrder = (points: readonly Point[]): Point[] =>
  points.toSorted((a, b) => (a.table === b.table ? a.address - b.address : a.table < b.table ? -1 : 1));

/** @param points in order, of one table, at least one */
function spanOf(points: readonly Point[]): Span {
  const { table = 'holding', address = 0 } = points[0] ?? {};
  const end = Math.max(...points.map((point) => point.address + sizeOf(point)));
  return { table, address, count: end - address, points };
}
