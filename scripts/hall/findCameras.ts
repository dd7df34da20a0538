import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { parseArgs } from 'node:util';
import { findDevices } from '../../main/video/onvif/find.ts';
import { Refusal, say } from '../project.ts';

const FOR_MS = 5_000;
const MOST = 500;

/** Lists the devices that speak ONVIF in the network of an address of this PC, as lines for a file of cameras. */
export async function findCamerasCommand(options: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...options], options: { address: { type: 'string' } }, strict: true });
  const { address } = values;
  if (address === undefined || !isIPv4(address)) throw new Refusal(whichAddress());
  const { devices, unread } = await findDevices({ address, forMs: FOR_MS, most: MOST }).catch((cause: Error) => {
    throw new Refusal(`${address}：${cause.message}\n${whichAddress()}`, { cause });
  });
  for (const { address: onvif, name } of devices)
    say(
      `  - { id: , name: { zh: ${JSON.stringify(name)}, en: ${JSON.stringify(name)} }, lon: , lat: , onvif: ${JSON.stringify(onvif)} }`,
    );
  say(`# ${devices.length} 台设备应答 · ${devices.length} devices answered`);
  if (unread > 0) say(`# ${unread} 个应答无法读取 · ${unread} answers could not be read`);
  if (devices.length > 0)
    say('# 请填写 id、坐标，并在地址中写入用户和口令 · fill in ids and places, and user and password in the addresses');
  return 0;
}

function whichAddress(): string {
  const own = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `--address ${address}`);
  const which = own.length > 0 ? own.join('  ') : '—';
  return `请写明在哪个网络中查找 · Say in which network to look, by an address of this PC: ${which}`;
}
