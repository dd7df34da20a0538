import { z } from 'zod';

/** What the hall's own parts are called. They decide as `hall.…` and `rule.…`; a dot is in no seat's name. */
const RESERVED: ReadonlySet<string> = new Set(['hall', 'integration', 'rule', 'shell', 'system', 'timer']);

/**
 * A seat's name, as departments have them. It is written into the ledger as who decided, so no two may look alike, and none
 * like the hall itself.
 */
export const SeatName = z
  .string()
  .max(80)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'a seat’s name of lower-case letters, digits and hyphens')
  .refine((name) => !RESERVED.has(name), 'a name the hall itself goes by');

/** Why a seat is not let in, for the person at it; null when it is. */
export function seatRefusal(seat: string, lang: 'zh-CN' | 'en'): string | null {
  if (SeatName.safeParse(seat).success) return null;
  const own = RESERVED.has(seat);
  if (lang === 'en')
    return own
      ? `“${seat}” is what the hall itself is called. Open this window with the name of a seat, e.g. ?seat=duty.`
      : 'The seat’s name in the address may have lower-case letters, digits and hyphens only, 80 at most, e.g. ?seat=duty.';
  return own
    ? `“${seat}”是指挥大厅自身使用的名称。请在地址中改用席位名称，例如 ?seat=duty。`
    : '地址中的席位名称只能由小写字母、数字和连字符组成，最多 80 个字符，例如 ?seat=duty。';
}
