import { join, resolve } from 'node:path';
import pino from 'pino';
import { type Clock, systemClock } from '../../main/clock.ts';
import { createHall, type Hall } from '../../main/hall.ts';
import type { HallOptions } from '../../main/hallOptions.ts';
import { randomId } from '../../main/ids.ts';
import { paintNothing } from '../../scripts/drill/paintNothing.ts';
import { type Profile, settle } from './hallFolder.ts';

const PROJECT = resolve(import.meta.dirname, '..', '..');

/** A hall in this process, and what its doors want to be shown. */
export interface OpenedHall extends Hall {
  readonly token: string;
  readonly hubToken: string;
  readonly integrationToken: string;
}

/** Tokens of halls in tests; long enough to be the real thing. */
const TOKEN = 'a-window-of-a-test-0123456789-0123456789';
const INTEGRATION_TOKEN = 'a-system-of-a-test-0123456789-0123456789';
const HUB_TOKEN = 'a-station-of-a-test-0123456789-0123456789';

/** Opens a hall in this process on a free port of loopback. Close it after use. */
export async function openHall({
  profile = 'empty',
  ...options
}: Pick<HallOptions, 'dataDir'> & Partial<HallOptions> & { profile?: Profile }): Promise<OpenedHall> {
  settle(options.dataDir, profile);
  paintNothing(options.dataDir);
  const hall = await createHall({
    station: 'A',
    version: '0.0.0-test',
    clock: systemClock(),
    log: pino({ level: 'silent' }),
    random: Math.random,
    newId: randomId,
    resources: join(PROJECT, 'resources'),
    pages: join(PROJECT, 'out', 'renderer'),
    listen: { host: '127.0.0.1', port: 0 },
    token: TOKEN,
    hubToken: HUB_TOKEN,
    integrationToken: INTEGRATION_TOKEN,
    drill: join(PROJECT, 'resources', 'drills', 'flood.yaml'),
    drillByHand: false,
    ...options,
  });
  const { token = TOKEN, hubToken = HUB_TOKEN, integrationToken = INTEGRATION_TOKEN } = options;
  return { ...hall, token, hubToken, integrationToken };
}

/** The hub of a hall, as another one dials it. */
export function hubOf(hall: OpenedHall): { url: string; token: string } {
  return { url: `${hall.url.replace('http', 'ws')}/hub`, token: hall.hubToken };
}

/** The machine's clock, with the wall put off by so many ms: a station whose time nobody set right. */
export function skewedClock(ms: number): Clock {
  const right = systemClock();
  return { ...right, now: () => right.now() + ms };
}
