import { z } from 'zod';
import { complaint } from '../../../core/complaint.ts';
import { formOf } from '../../config/formOf.ts';
import { type Path, parsePath } from '../codecs/json-path/path.ts';
import type { NumberAt, ReadingAt, Shape, Source } from '../codecs/json-path/shape.ts';
import { timeReader } from '../codecs/json-path/time.ts';
import { TopicFilter } from '../mqtt/topics.ts';
import { DeviceNumber, type Misfit } from './devices.ts';

/** Where in the messages of a system stands what the hall wants to know, as a file writes it (docs/protocols/mqtt.md). */

const MOST_SHAPES = 20;
const MOST_READINGS = 200;
const TOPIC_LEVEL = /^topic\[(-?\d{1,3})\]$/;

export const PathText = z.string().transform((text, ctx): Path => {
  const path = parsePath(text.trim());
  if ('root' in path) return path;
  ctx.addIssue({ code: 'custom', ...complaint(path.message, path.remedy) });
  return z.NEVER;
});

/** Of what is replaced in the message: one place of it. */
const OnePlace = PathText.refine(
  ({ root, steps }) => root === '$' && steps.every(({ kind }) => kind === 'member' || kind === 'index'),
  complaint(
    { zh: '不是报文中的一个位置', en: 'is not one place of the message' },
    { zh: '请从 $ 写起，不带 * 与 [?]', en: 'Write it from $ on, without * and [?].' },
  ),
);

const SourceText = z.string().transform((text, ctx): Source => {
  const level = TOPIC_LEVEL.exec(text.trim())?.[1];
  if (level !== undefined) return { level: Number(level) };
  const path = parsePath(text.trim());
  if ('root' in path) return path;
  const remedy = {
    zh: `${path.remedy.zh}；主题的一级请写 topic[1]，从 0 数起`,
    en: `${path.remedy.en} A level of the topic is topic[1], counted from 0.`,
  };
  ctx.addIssue({ code: 'custom', ...complaint(path.message, remedy) });
  return z.NEVER;
});

export const TimeForm = z.string().refine(
  (form) => timeReader(form, 0) !== null,
  complaint(
    { zh: '没有这种时间形式', en: 'is no form of times' },
    {
      zh: '请写 iso、table、ms、s，或 YYYYMMDDHHmmss 这样的样式（末尾的 Z 表示 UTC）',
      en: 'Write iso, table, ms, s, or a pattern like YYYYMMDDHHmmss; a Z at its end means UTC.',
    },
  ),
);
const Time = z.strictObject({ at: PathText, form: TimeForm });

const Bytes = z.strictObject({
  as: z.enum(['hex', 'base64']),
  from: z.number().int().min(0).max(65_535),
  count: z.number().int().min(1).max(6).default(1),
  order: z.enum(['big', 'little']).default('big'),
  signed: z.boolean().default(false),
});

/** Of messages that are all of one device, and do not say so. */
const OneDevice = z.strictObject({ is: DeviceNumber });

const DeviceAt = formOf<Source>((written) => (typeof written === 'object' ? OneDevice : SourceText));

const nullOf = <T>(value: T | undefined): T | null => value ?? null;

const ShortReading = PathText.transform((at) => ({ at, name: null, value: null, time: null, bytes: null }));
const LongReading = z.strictObject({
  at: PathText,
  name: SourceText.optional().transform(nullOf),
  value: PathText.optional().transform(nullOf),
  time: Time.optional().transform(nullOf),
  bytes: Bytes.optional().transform(nullOf),
});
const Reading = formOf<Omit<ReadingAt, 'item'>>((written) =>
  typeof written === 'object' ? LongReading : ShortReading,
);

/** Of readings whose names stand in the message. */
const ANY = '*';

const Readings = z
  .record(z.string().regex(/^[^\p{C}]{1,64}$/u), Reading)
  .superRefine((all, ctx) => {
    for (const [item, { name }] of Object.entries(all))
      if (item !== ANY && name !== null)
        ctx.addIssue({
          ...{ code: 'custom', path: [item, 'name'] },
          ...complaint(
            { zh: '名称写了两次', en: 'names what has a name already' },
            { zh: '请删去，或把测量项写成 "*"', en: 'Remove it, or write "*" for what is measured.' },
          ),
        });
  })
  .refine(
    (all) => Object.keys(all).length <= MOST_READINGS,
    complaint(
      { zh: `超过 ${MOST_READINGS} 项`, en: `holds more than ${MOST_READINGS}` },
      { zh: '请用 "*" 一次取出所有成员', en: 'Take all members at once by "*".' },
    ),
  )
  .transform((all) => Object.entries(all).map(([item, reading]) => ({ item: item === ANY ? null : item, ...reading })));

const ShortNumber = PathText.transform((at) => ({ at, times: 1 }));
const LongNumber = z.strictObject({ at: PathText, times: z.number().positive().default(1) });
const Scaled = formOf<NumberAt>((written) => (typeof written === 'object' ? LongNumber : ShortNumber));

const Position = z.strictObject({
  lon: PathText,
  lat: PathText,
  speed: Scaled.optional().transform(nullOf),
  heading: PathText.optional().transform(nullOf),
});

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A path as the name of a member of the file. */
const byPath = <T>(pairs: readonly (readonly [string, T])[], ctx: z.RefinementCtx, place: z.ZodType<Path>) =>
  pairs.flatMap(([text, value]) => {
    const at = place.safeParse(text);
    if (at.success) return [{ at: at.data, value }];
    for (const issue of at.error.issues)
      if (issue.code === 'custom')
        ctx.addIssue({ code: 'custom', path: [text], message: issue.message, params: issue.params });
    return [];
  });

const Only = z
  .record(z.string(), Scalar)
  .transform((all, ctx) => byPath(Object.entries(all), ctx, PathText).map(({ at, value }) => ({ at, is: value })));

const Unpack = z
  .record(z.string(), z.enum(['json', 'base64-json', 'hex-json']))
  .transform((all, ctx) => byPath(Object.entries(all), ctx, OnePlace).map(({ at, value }) => ({ at, as: value })));

/** What messages of one kind look like. */
const OneShape = z
  .strictObject({
    topic: TopicFilter.optional().transform(nullOf),
    only: Only.default([]),
    unpack: Unpack.default([]),
    each: PathText.optional().transform(nullOf),
    device: DeviceAt,
    time: Time.optional().transform(nullOf),
    readings: Readings.default([]),
    position: Position.optional().transform(nullOf),
  })
  .superRefine(({ readings, position }, ctx) => {
    if (readings.length > 0 || position !== null) return;
    const said = { zh: '既没有 readings 也没有 position', en: 'has neither `readings` nor `position`' };
    const remedy = {
      zh: '请写出测量值或位置在报文中的路径',
      en: 'Write where the values or the position stand in the message.',
    };
    ctx.addIssue({ code: 'custom', ...complaint(said, remedy) });
  });

/** What messages look like: one kind, or several of which the first that fits is taken. */
export const Messages = formOf<Shape[]>((written) =>
  Array.isArray(written) ? z.array(OneShape).min(1).max(MOST_SHAPES) : OneShape.transform((shape) => [shape]),
);

/** Where positions stand, as a misfit names it; null where nothing says. */
export const placedIn = (messages: readonly Shape[]): 'messages' | null =>
  messages.some(({ position }) => position !== null) ? 'messages' : null;

/** Of a way by which messages come without topics: what asks for one. */
export function* topicMisfits(messages: readonly Shape[]): Iterable<Misfit> {
  const asks = ({ topic, device, readings }: Shape) =>
    topic !== null || 'level' in device || readings.some(({ name }) => name !== null && 'level' in name);
  if (messages.some(asks))
    yield {
      path: ['messages'],
      said: { zh: '写了主题，而这里的报文没有主题', en: 'asks for a topic, and what comes this way has none' },
      remedy: {
        zh: '请改写报文中的路径；都是同一台设备时请写 device: { is: "编号" }',
        en: 'Write a path of the message; where all are of one device, write `device: { is: "its number" }`.',
      },
    };
}
