import { z } from 'zod';
import { complaint } from '../../../core/complaint.ts';

const NO_ID = complaint(
  { zh: '不是加引号的 20 位国标编号', en: 'is not 20 digits in quotes' },
  { zh: '请写成 "34020000002000000001" 这样', en: 'Write it like "34020000002000000001".' },
);

/** The number of a server, device or channel, in quotes: as a number YAML would round it. */
export const GbId = z
  .unknown()
  .transform((id, ctx): string => {
    if (typeof id === 'string' && /^\d{20}$/.test(id)) return id;
    ctx.addIssue({ code: 'custom', ...NO_ID });
    return z.NEVER;
  })
  .meta({ type: 'string', pattern: '^[0-9]{20}$' });
