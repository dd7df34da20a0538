import type { SKRSContext2D } from '@napi-rs/canvas';

/** Metres: x to the right, y ahead, z up from the road. */
export type Vec3 = readonly [x: number, y: number, z: number];
/** Pixels. */
export type Point = readonly [x: number, y: number];

/** Where a street camera hangs and how it looks. Angles in degrees. */
export interface ViewSpec {
  readonly at: Vec3;
  /** Clockwise from straight ahead. */
  readonly yaw: number;
  /** Downwards. */
  readonly pitch: number;
  /** Horizontal field of view. */
  readonly fov: number;
}

/** A pinhole camera. */
export interface View {
  readonly width: number;
  readonly height: number;
  /** `undefined` behind the camera. */
  project(point: Vec3): Point | undefined;
  /** Pixels of one metre at a place; 0 behind the camera. */
  scale(point: Vec3): number;
  /** Metres from the camera along its axis. */
  depth(point: Vec3): number;
  /** Adds the outline of a polygon, cut where it passes the camera. `false`: nothing of it is before the camera. */
  outline(ctx: SKRSContext2D, polygon: readonly Vec3[]): boolean;
  /** Fills a polygon. */
  fill(ctx: SKRSContext2D, polygon: readonly Vec3[], style: SKRSContext2D['fillStyle']): void;
}

const NEAR = 0.4;

/** A view of a picture of the given size. */
export function createView(spec: ViewSpec, width: number, height: number): View {
  const [cx, cy, cz] = spec.at;
  const yaw = (spec.yaw * Math.PI) / 180;
  const pitch = (spec.pitch * Math.PI) / 180;
  const focal = width / 2 / Math.tan((spec.fov * Math.PI) / 360);
  const [sinYaw, cosYaw, sinPitch, cosPitch] = [Math.sin(yaw), Math.cos(yaw), Math.sin(pitch), Math.cos(pitch)];

  function toCamera([x, y, z]: Vec3): Vec3 {
    const dx = x - cx;
    const dy = y - cy;
    const dz = z - cz;
    const right = dx * cosYaw - dy * sinYaw;
    const ahead = dx * sinYaw + dy * cosYaw;
    return [right, ahead * cosPitch - dz * sinPitch, ahead * sinPitch + dz * cosPitch];
  }
  function toPixels([right, deep, up]: Vec3): Point {
    return [width / 2 + (focal * right) / deep, height / 2 - (focal * up) / deep];
  }
  function outline(ctx: SKRSContext2D, polygon: readonly Vec3[]): boolean {
    const points = cutNear(polygon.map(toCamera)).map(toPixels);
    const [first, ...rest] = points;
    if (!first || rest.length < 2) return false;
    ctx.moveTo(first[0], first[1]);
    for (const [x, y] of rest) ctx.lineTo(x, y);
    ctx.closePath();
    return true;
  }
  return {
    width,
    height,
    project(point) {
      const seen = toCamera(point);
      return seen[1] < NEAR ? undefined : toPixels(seen);
    },
    scale(point) {
      const deep = toCamera(point)[1];
      return deep < NEAR ? 0 : focal / deep;
    },
    depth: (point) => toCamera(point)[1],
    outline,
    fill(ctx, polygon, style) {
      ctx.beginPath();
      if (!outline(ctx, polygon)) return;
      ctx.fillStyle = style;
      ctx.fill();
    },
  };
}

/** Sutherland–Hodgman against the near plane. */
function cutNear(polygon: readonly Vec3[]): Vec3[] {
  const kept: Vec3[] = [];
  for (const [i, a] of polygon.entries()) {
    const b = polygon[(i + 1) % polygon.length] ?? a;
    if (a[1] >= NEAR) kept.push(a);
    if (a[1] >= NEAR !== b[1] >= NEAR) {
      const t = (NEAR - a[1]) / (b[1] - a[1]);
      kept.push([a[0] + (b[0] - a[0]) * t, NEAR, a[2] + (b[2] - a[2]) * t]);
    }
  }
  return kept;
}
