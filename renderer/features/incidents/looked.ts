import { z } from 'zod';

const Looked = z.record(z.string(), z.number().int().nonnegative());

/** Where a seat's windows on one machine keep what the seat has seen, by world. */
export const lookedKey = (seat: string, world: string) => `opshall.looked.${world}.${seat}`;

/** What was kept; anything odd is nothing seen. */
export function readLooked(kept: string | null): Record<string, number> {
  try {
    return Looked.parse(JSON.parse(kept ?? '{}'));
  } catch {
    return {};
  }
}

/** What is kept on: of incidents that are open, and at least what each side knows was seen. */
export function joinLooked(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
  open: readonly { readonly id: string }[],
): Record<string, number> {
  const seen = (of: Readonly<Record<string, number>>, id: string) => (Object.hasOwn(of, id) ? (of[id] ?? 0) : 0);
  return Object.fromEntries(
    open.flatMap(({ id }) => {
      const changes = Math.max(seen(a, id), seen(b, id));
      return changes > 0 ? [[id, changes] as const] : [];
    }),
  );
}
