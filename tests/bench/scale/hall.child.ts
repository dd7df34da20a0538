import { createInterface } from 'node:readline';
import { openHall } from '../../support/openHall.ts';
import { STATION } from './generate.ts';

/**
 * Run by hall.ts as a process of its own: a hall over a city and a feed that are not the product's. At each line of its input it
 * says how long its thread has worked, in ms, since it was started.
 */
const [dataDir = '', resources = '', cityFeed = ''] = process.argv.slice(2);
const hall = await openHall({ dataDir, resources, cityFeed, station: STATION, profile: 'drill' });
console.log(`ready ${hall.url} ${hall.token}`);
createInterface({ input: process.stdin }).on('line', (line) => {
  const { user, system } = process.threadCpuUsage();
  console.log(`busy ${line} ${(user + system) / 1000}`);
});
