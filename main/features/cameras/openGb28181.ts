import type { Kernel } from '../../kernel/kernel.ts';
import { gb28181Of } from '../../video/gb28181/address.ts';
import { readGb28181 } from '../../video/gb28181/config.ts';
import { createGb28181Server, type Gb28181Server } from '../../video/gb28181/server.ts';

type Takes = Pick<Kernel, 'city' | 'clock' | 'feeds' | 'hallDir' | 'log' | 'notices' | 'rejects' | 'startedAt'>;

/** The server that the hall's `gb28181.yaml` tells of, among the feeds, with which it starts and stops. */
export function openGb28181(kernel: Takes): Gb28181Server | undefined {
  const { city, clock, feeds, hallDir, log, notices, rejects, startedAt } = kernel;
  const cameras = gb28181Of(city.cameras);
  const { config, notices: ofFile } = readGb28181(hallDir, cameras, rejects, startedAt);
  for (const notice of ofFile) notices.raise(notice);
  if (!config) return undefined;
  const named = new Set(cameras.map(({ device, channel }) => `${device}/${channel}`));
  const server = createGb28181Server(config, { clock, log, rejects, named });
  feeds.join(server);
  return server;
}
