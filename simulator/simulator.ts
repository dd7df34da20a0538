import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { SimulatorOrder } from '../contract/simulation.ts';
import { DrillScript } from '../core/drills/script.ts';
import type { Clock } from '../main/clock.ts';
import { writeWhole } from '../main/files/writeWhole.ts';
import type { Log } from '../main/log.ts';
import { createFfmpeg } from '../native/ffmpeg/index.ts';
import { readPorts, secretsOf, writePorts } from './addresses.ts';
import { renderDrillScenes } from './cameras/renderScenes.ts';
import { createDrillCameraServer } from './cameras/server.ts';
import { openControl } from './control.ts';
import { openDevices } from './devices/devices.ts';
import { createDrillCity } from './drillCity.ts';
import { writeHallFolder } from './hallFolder.ts';
import { loadCity } from './load.ts';

/** Seed of a city that has no drill to play. */
const ORDINARY_DAY = 1;

/** A camera in five is one that speaks RTSP. */
const overRtsp = ({ id }: { id: string }) => Number(/\d+$/.exec(id)?.[0]) % 5 === 0;

/** A made-up city that lives: its folder is written, its feed and its cameras are served. */
export interface Simulator {
  /** Where it is steered. */
  readonly control: string;
  close(): Promise<void>;
}

/** @throws CityFileError; the system's error */
export async function openSimulator(order: SimulatorOrder, on: { clock: Clock; log: Log }): Promise<Simulator> {
  const { folder, home, keep, resources, token, byHand, again } = order;
  const { clock, log } = on;
  const ports = again ? readPorts(folder) : {};
  const secret = secretsOf(token);
  const ffmpeg = await createFfmpeg();
  const city = loadCity(join(resources, 'city'));
  const script = order.script === null ? null : readScript(order.script);
  // Where another's feed is taken nothing of the city is told here.
  const devices = order.feed === null ? await openDevices(city, { ports, secret }, clock) : null;
  const played =
    devices === null
      ? null
      : await createDrillCity({
          ...{ city, clock, script, devices, seed: script?.seed ?? ORDINARY_DAY },
          at: { port: ports.telemetry ?? 0, token: secret('telemetry') },
          ...(byHand && script?.handsOn ? { hold: script.handsOn } : {}),
        });
  const cameras = await createDrillCameraServer({
    ...{ clock, log, ffmpeg, dataDir: keep, overRtsp, token: secret('cameras') },
    ports: { http: ports.cameras ?? 0, rtsp: ports.rtsp ?? 0 },
    cameras: city.cameras.map(({ id, zh, scene }) => ({ id, name: zh, scene })),
  });
  const shared = order.feed ?? played?.url ?? '';
  // What ended by itself wrote the same.
  if (!again) {
    writeHallFolder(folder, {
      ...{ city, feed: played?.restUrl ?? shared, devices: devices?.feeds ?? [], pictures: cameras.url },
    });
    writePorts(folder, {
      ...devices?.ports,
      ...(played && { telemetry: played.port }),
      cameras: cameras.ports.http,
      rtsp: cameras.ports.rtsp,
    });
  }
  const painting = new AbortController();
  const painted = renderDrillScenes({ dataDir: keep, ffmpeg: ffmpeg.binary, log, signal: painting.signal });
  const control = await openControl({ token, begin: (second) => played?.begin(second), cameras });
  // For another station of the same drill.
  writeWhole(join(home, 'city-feed'), `${shared}\n`);
  return {
    control: control.url,
    async close() {
      painting.abort();
      devices?.close();
      await Promise.allSettled([painted, control.close(), cameras.close(), played?.close()]);
    },
  };
}

/** One that is wrong was named by the hall, and the city lives on without a drill. */
function readScript(file: string): DrillScript | null {
  return DrillScript.safeParse(parse(readFileSync(file, 'utf8'))).data ?? null;
}
