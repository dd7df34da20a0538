import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { complaint } from '../../../core/complaint.ts';
import type { Crs } from '../../../core/places/crs.ts';
import { UNIT_STATUSES } from '../../../core/units/unit.ts';
import type { Text } from '../../../core/words.ts';
import { Hj212Config } from '../devices/config.ts';
import { quoted } from '../quoted.ts';

/** The devices of a system whose messages are of its own shape, as a file names them. */

const MOST_DEVICES = 100_000;

/** What a sensor's value is made of, and the zone of times that have none: as feeds that devices dial have them. */
const { zone, devices } = Hj212Config.shape;
const Reading = devices.element.shape.readings.valueType;
export const Zone = zone;

export const DeviceNumber = quoted(
  /^[^\p{C}]{1,64}$/u,
  { zh: '不是设备编号', en: "is no device's number" },
  { zh: '请写平台中的设备编号', en: "Write the device's number, as the platform has it." },
);

/** A device of the platform: what it measures, and which unit it is where it says where it is. */
const PlatformDevice = z
  .strictObject({
    device: DeviceNumber,
    unit: Id.optional(),
    /** What is said of the unit, as nothing is said of it in the messages. */
    status: z.enum(UNIT_STATUSES).default('available'),
    /** By the names that `messages` gives to what is measured. */
    readings: z.record(z.string().regex(/^[^\p{C}]{1,64}$/u), Reading).default({}),
  })
  .refine(
    ({ unit, readings }) => unit !== undefined || Object.keys(readings).length > 0,
    complaint(
      { zh: '既没有传感器也没有力量', en: 'has neither a sensor nor a unit' },
      { zh: '请写 readings 或 unit', en: 'Write `readings` or `unit`.' },
    ),
  )
  .transform(({ unit, status, device, readings }) =>
    unit === undefined ? { device, readings } : { device, unit, status, readings },
  );

export const PlatformDevices = z.array(PlatformDevice).min(1).max(MOST_DEVICES);
export type PlatformDevices = z.infer<typeof PlatformDevices>;

/** A member that means nothing without another, or needs one. */
export interface Misfit {
  readonly path: readonly PropertyKey[];
  readonly said: Text;
  readonly remedy: Text;
}

/** Says what does not fit together, of a configuration whose members are right by themselves. */
export const fitting =
  <T>(misfits: (config: T) => Iterable<Misfit>) =>
  (config: T, ctx: z.RefinementCtx): void => {
    // What is wrong by itself fits nothing else.
    if (ctx.issues.length > 0) return;
    for (const { path, said, remedy } of misfits(config))
      ctx.addIssue({ code: 'custom', path: [...path], ...complaint(said, remedy) });
  };

/**
 * What is amiss between devices and what is read of them.
 *
 * @param placed the member that says where positions stand in what comes; null where none does
 */
export function* deviceMisfits(
  { crs, devices }: { readonly crs?: Crs | undefined; readonly devices: PlatformDevices },
  placed: string | null,
  asked: string,
): Iterable<Misfit> {
  if (placed !== null && crs === undefined)
    yield {
      path: [placed],
      said: { zh: '含有位置，但没有坐标系', en: 'has positions, and nothing says what their coordinates mean' },
      remedy: { zh: '请写 crs：wgs84、gcj02 或 bd09', en: 'Write `crs`: wgs84, gcj02 or bd09.' },
    };
  const unit = devices.findIndex((device) => 'unit' in device);
  if (unit !== -1 && placed === null)
    yield {
      path: ['devices', unit, 'unit'],
      said: { zh: `${asked} 中没有 position，不知道它在哪里`, en: `is nowhere, as \`${asked}\` has no \`position\`` },
      remedy: { zh: `请在 ${asked} 中写 position`, en: `Write \`position\` under \`${asked}\`.` },
    };
  yield* repeated(devices);
}

/** Two devices of one number, or two quantities for one sensor, are a slip of the pen that would show as values that jump. */
function* repeated(devices: PlatformDevices): Iterable<Misfit> {
  const seen = { device: new Set<string>(), unit: new Set<string>(), sensor: new Set<string>() };
  const all = devices.flatMap((each, i) => [
    { of: 'device' as const, id: each.device, path: ['devices', i, 'device'] },
    ...('unit' in each ? [{ of: 'unit' as const, id: each.unit, path: ['devices', i, 'unit'] }] : []),
    ...Object.entries(each.readings).map(([item, { sensor }]) => ({
      ...{ of: 'sensor' as const, id: sensor, path: ['devices', i, 'readings', item] },
    })),
  ]);
  for (const { of, id, path } of all) {
    if (seen[of].has(id))
      yield {
        path,
        said: { zh: `“${id}”出现了两次`, en: `"${id}" comes twice` },
        remedy: { zh: '请只写一次', en: 'Write it once.' },
      };
    seen[of].add(id);
  }
}
