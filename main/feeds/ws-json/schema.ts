import { z } from 'zod';
import { complaint } from '../../../core/complaint.ts';
import { UNIT_STATUSES } from '../../../core/units/unit.ts';

/** What one message may hold at most; docs/protocols/ws-json.md. */
export const MESSAGE_LIMITS = { bytes: 1024 * 1024, records: 5000, idChars: 64 } as const;

const Time = z.number().int().nonnegative();
const RecordId = z.string().min(1).max(MESSAGE_LIMITS.idChars);

/** The envelope. Records are checked one by one afterwards, so that a bad one does not take the others with it. */
export const Envelope = z
  .object({
    v: z.literal(1),
    /** Counts the messages of a source, one by one; left out: nothing is said of lost ones. */
    seq: Time.optional(),
    /** Wall ms at which the source sent it. */
    t: Time,
    obs: z.array(z.unknown()).optional(),
    units: z.array(z.unknown()).optional(),
  })
  .superRefine((message, ctx) => {
    const records = (message.obs?.length ?? 0) + (message.units?.length ?? 0);
    if (records > MESSAGE_LIMITS.records) {
      const many = {
        zh: `含有 ${records} 条记录，上限为 ${MESSAGE_LIMITS.records}`,
        en: `holds ${records} records, the limit is ${MESSAGE_LIMITS.records}`,
      };
      const remedy = { zh: '请分成几条报文发送', en: 'Send them in several messages.' };
      ctx.addIssue({ code: 'custom', ...complaint(many, remedy) });
    }
  });
export type Envelope = z.infer<typeof Envelope>;

/** One value of one sensor. */
export const ObservationRecord = z.object({
  sensor: RecordId,
  t: Time,
  value: z.number(),
  quality: z.enum(['good', 'doubtful', 'bad']).optional(),
});
export type ObservationRecord = z.infer<typeof ObservationRecord>;

/** One position of one unit, in the CRS that the feed's configuration names. */
export const UnitRecord = z.object({
  unit: RecordId,
  t: Time,
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  /** Degrees clockwise from north. */
  heading: z.number().min(0).max(360),
  /** Metres a second. */
  speed: z.number().min(0).max(350),
  status: z.enum(UNIT_STATUSES),
});
export type UnitRecord = z.infer<typeof UnitRecord>;
