import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { SCENE_FORMAT } from '../scenes.ts';
import { drawFacade, drawLampPost, drawTree, type Facade } from './buildings.ts';
import { css, type Rgb } from './colour.ts';
import { createLights, type Lights } from './lights.ts';
import { drawWalker, type Walker, walkerAt } from './people.ts';
import { type LaneSpec, simulateLane, type VehiclePose } from './traffic.ts';
import { drawVehicle, drawVehicleLight, type VehicleLight } from './vehicles.ts';
import { createView, type Vec3, type View, type ViewSpec } from './view.ts';
import { createWeather, type WeatherSpec } from './weather.ts';

/** What a scene's own hooks draw with. */
export interface Kit {
  readonly view: View;
  readonly lights: Lights;
  readonly light: VehicleLight;
}

/** A street lamp. */
export interface Lamp {
  readonly at: readonly [x: number, y: number];
  readonly height: number;
  /** Metres from the post to the lamp, to the right. */
  readonly arm: number;
  readonly colour: Rgb;
}

/** A street scene in words and numbers. Hooks draw what is this scene's alone. */
export interface StreetSpec {
  readonly view: ViewSpec;
  /** Zenith and horizon. */
  readonly sky: readonly [Rgb, Rgb];
  /** Light without lamps, 1 is plain day. */
  readonly ambient: number;
  readonly tint: Rgb;
  /** 0…1, how much the ground mirrors. */
  readonly wet: number;
  readonly headlights: boolean;
  readonly lampStrength?: number;
  readonly lamps: readonly Lamp[];
  readonly facades: readonly Facade[];
  readonly trees: readonly { readonly at: readonly [number, number]; readonly height: number; readonly tint?: Rgb }[];
  readonly lanes: readonly LaneSpec[];
  readonly walkers: readonly Walker[];
  /** Vehicles that stand there all the time. */
  readonly parked?: readonly VehiclePose[];
  readonly weather: WeatherSpec;
  /** Behind everything: skyline, hills, water far away. */
  backdrop?(ctx: SKRSContext2D, kit: Kit): void;
  /** The ground and what is painted on it. */
  ground(ctx: SKRSContext2D, kit: Kit): void;
  /** Standing things of this scene alone, once. */
  furniture?(ctx: SKRSContext2D, kit: Kit): void;
  /** Over vehicles and people, once. */
  foreground?(ctx: SKRSContext2D, kit: Kit): void;
  /** Before vehicles, each picture. */
  under?(ctx: SKRSContext2D, frame: number, kit: Kit): void;
  /** After vehicles, each picture, before rain and noise. */
  over?(ctx: SKRSContext2D, frame: number, kit: Kit): void;
}

/** Draws the pictures of a scene one by one; the last leads into the first. */
export interface Painting {
  readonly canvas: Canvas;
  paint(frame: number): void;
}

/** Puts a scene together: what stands still is drawn once, what moves in every picture. */
export function composeStreet(spec: StreetSpec): Painting {
  const { width, height } = SCENE_FORMAT;
  const view = createView(spec.view, width, height);
  const lights = createLights(view);
  const strength = spec.lampStrength ?? 0.55;
  const light: VehicleLight = {
    at(x, y) {
      let level = spec.ambient;
      for (const lamp of spec.lamps) {
        const distance = (lamp.at[0] + lamp.arm - x) ** 2 + (lamp.at[1] - y) ** 2;
        level += strength * Math.exp(-distance / 90);
      }
      return Math.min(1.3, level);
    },
    tint: spec.tint,
    headlights: spec.headlights,
    wet: spec.wet,
  };
  const kit: Kit = { view, lights, light };
  const still = paintStill(spec, kit);
  const before = createCanvas(width, height);
  spec.foreground?.(before.getContext('2d'), kit);
  const lanes = spec.lanes.map(simulateLane);
  const weather = createWeather(spec.weather);
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  return {
    canvas,
    paint(frame) {
      ctx.drawImage(still, 0, 0);
      spec.under?.(ctx, frame, kit);
      const vehicles = lanes.flatMap((lane) => lane[frame] ?? []);
      for (const pose of vehicles) drawVehicleLight(ctx, view, lights, pose, light, 'road');
      for (const one of inDepth([...vehicles, ...(spec.parked ?? [])], spec.walkers, frame, view)) {
        if ('kind' in one) drawVehicle(ctx, view, one, light);
        else {
          const [x, y] = walkerAt(one, frame);
          drawWalker(ctx, view, one, frame, light.at(x, y), spec.wet);
        }
      }
      for (const pose of vehicles) drawVehicleLight(ctx, view, lights, pose, light, 'air');
      spec.over?.(ctx, frame, kit);
      if (spec.foreground) ctx.drawImage(before, 0, 0);
      weather.draw(ctx, frame);
    },
  };
}

/** Far things first. */
function inDepth(
  vehicles: readonly VehiclePose[],
  walkers: readonly Walker[],
  frame: number,
  view: View,
): (VehiclePose | Walker)[] {
  const placed = [
    ...vehicles.map((pose) => ({ thing: pose as VehiclePose | Walker, depth: view.depth([pose.x, pose.y, 0]) })),
    ...walkers.map((walker) => {
      const [x, y] = walkerAt(walker, frame);
      return { thing: walker as VehiclePose | Walker, depth: view.depth([x, y, 0]) };
    }),
  ];
  return placed.sort((a, b) => b.depth - a.depth).map(({ thing }) => thing);
}

function paintStill(spec: StreetSpec, kit: Kit): Canvas {
  const { view, lights } = kit;
  const { width, height } = view;
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  const sky = ctx.createLinearGradient(0, 0, 0, height * 0.6);
  sky.addColorStop(0, css(spec.sky[0]));
  sky.addColorStop(1, css(spec.sky[1]));
  ctx.fillStyle = sky;
  ctx.fillRect(0, 0, width, height);
  spec.backdrop?.(ctx, kit);
  spec.ground(ctx, kit);
  if (spec.wet > 0) mirrorInGround(ctx, spec, kit);
  for (const lamp of spec.lamps) {
    const head: Vec3 = [lamp.at[0] + lamp.arm, lamp.at[1], lamp.height];
    lights.pool(ctx, [head[0], head[1], 0], 9, 9, lamp.colour, 0.2 * spec.wet + 0.16);
    lights.smear(ctx, head, 0.9, lamp.colour, 0.45 * spec.wet);
  }
  const standing = [
    ...spec.facades.map((facade) => ({
      depth: view.depth([(facade.from[0] + facade.to[0]) / 2, (facade.from[1] + facade.to[1]) / 2, 0]),
      draw: () => drawFacade(ctx, view, facade),
    })),
    ...spec.trees.map((tree, i) => ({
      depth: view.depth([tree.at[0], tree.at[1], 0]),
      draw: () =>
        drawTree(ctx, view, tree.at, tree.height, Math.min(1, kit.light.at(...tree.at) * 1.15), i + 40, tree.tint),
    })),
    ...spec.lamps.map((lamp) => ({
      depth: view.depth([lamp.at[0], lamp.at[1], 0]),
      draw: () => drawLampPost(ctx, view, lamp.at, lamp.height, lamp.arm, spec.ambient + 0.1),
    })),
  ];
  for (const thing of standing.sort((a, b) => b.depth - a.depth)) thing.draw();
  spec.furniture?.(ctx, kit);
  if (spec.headlights) {
    for (const lamp of spec.lamps) {
      const head: Vec3 = [lamp.at[0] + lamp.arm, lamp.at[1], lamp.height];
      lights.glow(ctx, head, 2.2, lamp.colour, 0.7);
      lights.glow(ctx, head, 0.5, [255, 250, 235], 1);
    }
  }
  return canvas;
}

/** Walls and their lit windows upside down in the wet ground, drawn out downwards and broken up. */
function mirrorInGround(ctx: SKRSContext2D, spec: StreetSpec, kit: Kit): void {
  const { width, height } = kit.view;
  const layer = createCanvas(width, height);
  const mirrored = layer.getContext('2d');
  const walls = [...spec.facades].sort(
    (a, b) => kit.view.depth([b.from[0], b.from[1], 0]) - kit.view.depth([a.from[0], a.from[1], 0]),
  );
  for (const facade of walls) drawFacade(mirrored, kit.view, { ...facade, mirror: true });
  ctx.save();
  ctx.globalCompositeOperation = 'lighter';
  ctx.filter = 'blur(2.5px)';
  for (const [drop, alpha] of [
    [0, 0.34],
    [7, 0.24],
    [16, 0.16],
    [28, 0.1],
  ] as const) {
    ctx.globalAlpha = alpha * spec.wet;
    ctx.drawImage(layer, 0, drop);
  }
  ctx.restore();
}
