import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { told } from '../../core/told.ts';

/** The file of a hall's folder by which its live work is played; that of the product's resources names what drills are played with. */
export const SIMULATOR_YAML = 'simulator.yaml';

/** What it holds. */
export const SimulatorYaml = z.strictObject({
  program: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and - after a letter')
    .meta(told('产品自带的模拟程序，例如 city', 'A program that comes with the product, such as city.')),
});

/** Whether a hall's live work is played by a simulator, and no real city's. */
export function isPlayed(hallDir: string): boolean {
  return existsSync(join(hallDir, SIMULATOR_YAML));
}
