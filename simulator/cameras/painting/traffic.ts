import { SCENE_FORMAT, SCENE_SECONDS } from '../scenes.ts';
import { seeded } from './random.ts';

/** A lane that vehicles drive along: a line on the ground, metres. */
export interface LaneSpec {
  readonly path: readonly (readonly [x: number, y: number])[];
  /** Seconds into the loop at which vehicles enter. */
  readonly arrivals: readonly number[];
  /** Free speed, m/s. */
  readonly speed: number;
  /** A stop line this far along, and when its light is not green, seconds into the loop. */
  readonly stop?: { readonly at: number; readonly red: readonly [from: number, to: number] };
  readonly seed: number;
  /** What drives here. */
  readonly kinds: readonly [VehicleKind, ...VehicleKind[]];
}

export type VehicleKind = 'car' | 'suv' | 'taxi' | 'van' | 'bus' | 'truck' | 'scooter';

/** A vehicle in one picture. */
export interface VehiclePose {
  readonly kind: VehicleKind;
  /** The same vehicle has the same number all its way. */
  readonly number: number;
  readonly x: number;
  readonly y: number;
  /** Direction it faces, radians, 0 is +y. */
  readonly heading: number;
  readonly braking: boolean;
  readonly speed: number;
}

/** Bumper to bumper, metres. */
export const VEHICLE_LENGTH: Readonly<Record<VehicleKind, number>> = {
  car: 4.6,
  suv: 4.8,
  taxi: 4.6,
  van: 5.2,
  bus: 11,
  truck: 8.5,
  scooter: 1.9,
};

interface Driver {
  readonly kind: VehicleKind;
  readonly number: number;
  along: number;
  speed: number;
  acceleration: number;
}

const ROUNDS = 4;
const STEPS_A_FRAME = 4;
const MAX_ACCELERATION = 1.8;
const BRAKING = 2.4;
const HEADWAY_S = 1.2;
const GAP_M = 2.2;

/**
 * What drives on a lane, picture by picture, so that the last leads into the first: the Intelligent Driver Model
 * (Treiber, Hennecke, Helbing 2000) with arrivals and lights that repeat every round, run until it repeats too.
 */
export function simulateLane(spec: LaneSpec): readonly (readonly VehiclePose[])[] {
  const { frames, fps } = SCENE_FORMAT;
  const line = measure(spec.path);
  const drivers: Driver[] = [];
  const recorded: VehiclePose[][] = [];
  const dt = 1 / fps / STEPS_A_FRAME;
  const kinds = spec.arrivals.map((_, i) => kindOf(spec, i));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let frame = 0; frame < frames; frame += 1) {
      if (round === ROUNDS - 1) recorded.push(drivers.map((driver) => pose(driver, line)));
      for (let step = 0; step < STEPS_A_FRAME; step += 1) {
        const time = (frame + step / STEPS_A_FRAME) / fps;
        for (const [i, at] of spec.arrivals.entries()) {
          if (time <= at && at < time + dt) {
            const last = drivers.at(-1);
            const speed = last ? Math.min(spec.speed, Math.max(last.speed, 1)) : spec.speed;
            drivers.push({ kind: kinds[i] ?? 'car', number: spec.seed * 100 + i, along: 0, speed, acceleration: 0 });
          }
        }
        advance(drivers, spec, time, dt);
        while (drivers[0] && drivers[0].along > line.length) drivers.shift();
      }
    }
  }
  return recorded;
}

function advance(drivers: readonly Driver[], spec: LaneSpec, time: number, dt: number): void {
  const red = spec.stop && time % SCENE_SECONDS >= spec.stop.red[0] && time % SCENE_SECONDS < spec.stop.red[1];
  for (const [i, driver] of drivers.entries()) {
    const ahead = drivers[i - 1];
    let gap = ahead ? ahead.along - VEHICLE_LENGTH[ahead.kind] - driver.along : Number.POSITIVE_INFINITY;
    let closing = ahead ? driver.speed - ahead.speed : 0;
    const toLine = spec.stop ? spec.stop.at - driver.along : -1;
    // Whoever cannot stop any more drives on.
    if (red && toLine > 0 && toLine < gap && driver.speed ** 2 / (2 * 4) < toLine) {
      gap = toLine;
      closing = driver.speed;
    }
    const wanted =
      GAP_M +
      Math.max(0, driver.speed * HEADWAY_S + (driver.speed * closing) / (2 * Math.sqrt(MAX_ACCELERATION * BRAKING)));
    driver.acceleration =
      MAX_ACCELERATION * (1 - (driver.speed / spec.speed) ** 4 - (wanted / Math.max(gap, 0.1)) ** 2);
    driver.acceleration = Math.max(-7, driver.acceleration);
  }
  for (const driver of drivers) {
    driver.speed = Math.max(0, driver.speed + driver.acceleration * dt);
    driver.along += driver.speed * dt;
  }
}

function kindOf(spec: LaneSpec, index: number): VehicleKind {
  const random = seeded(spec.seed * 977 + index * 31);
  return spec.kinds[Math.floor(random() * spec.kinds.length)] ?? spec.kinds[0];
}

interface Line {
  readonly length: number;
  readonly segments: readonly {
    readonly from: number;
    readonly x: number;
    readonly y: number;
    readonly dx: number;
    readonly dy: number;
    readonly length: number;
  }[];
}

function measure(path: LaneSpec['path']): Line {
  const segments: { from: number; x: number; y: number; dx: number; dy: number; length: number }[] = [];
  let from = 0;
  for (const [i, [x, y]] of path.entries()) {
    const next = path[i + 1];
    if (!next) break;
    const length = Math.hypot(next[0] - x, next[1] - y);
    segments.push({ from, x, y, dx: (next[0] - x) / length, dy: (next[1] - y) / length, length });
    from += length;
  }
  return { length: from, segments };
}

/** Front and rear axle both stand on the line, so that vehicles turn as they do. */
function pose(driver: Driver, line: Line): VehiclePose {
  const length = VEHICLE_LENGTH[driver.kind];
  const front = pointAt(line, driver.along);
  const rear = pointAt(line, driver.along - length);
  return {
    kind: driver.kind,
    number: driver.number,
    x: (front[0] + rear[0]) / 2,
    y: (front[1] + rear[1]) / 2,
    heading: Math.atan2(front[0] - rear[0], front[1] - rear[1]),
    braking: driver.acceleration < -0.6 || driver.speed < 0.3,
    speed: driver.speed,
  };
}

function pointAt(line: Line, along: number): readonly [number, number] {
  const segment = line.segments.findLast((each) => each.from <= along) ?? line.segments[0];
  if (!segment) return [0, 0];
  const t = along - segment.from;
  return [segment.x + segment.dx * t, segment.y + segment.dy * t];
}
