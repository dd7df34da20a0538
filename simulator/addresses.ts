import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../main/files/writeWhole.ts';

/** Where somebody listens: this simulator, or the hall for the devices that are played. */
const PLACES = ['telemetry', 'cameras', 'rtsp', 'weather', 'air', 'water', 'vehicles'] as const;
export type Place = (typeof PLACES)[number];

/** Ports of loopback. */
const Ports = z.partialRecord(z.enum(PLACES), z.number().int().min(1).max(65_535));
export type Ports = Readonly<Partial<Record<Place, number>>>;

/** In the folder of the hall that is played, for a simulator that ended by itself: feeds and cameras go on to ask where it was. */
const FILE = 'ports.json';

/** @throws the system's error; what is no JSON, or has no ports */
export const readPorts = (folder: string): Ports => Ports.parse(JSON.parse(readFileSync(join(folder, FILE), 'utf8')));

export const writePorts = (folder: string, ports: Ports): void =>
  writeWhole(join(folder, FILE), `${JSON.stringify(ports)}\n`);

/** What is to be shown at a place, 64 hexadecimal digits: the same whenever the same order is given, and in no other world. */
export const secretsOf =
  (token: string) =>
  (place: Place): string =>
    createHmac('sha256', token).update(place).digest('hex');
