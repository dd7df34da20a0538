import type { HallCamera } from '../../city/hallCity.ts';
import type { Clock } from '../../clock.ts';
import type { CameraSource } from '../../video/askedSource.ts';
import { createGb28181Camera, type Gb28181Camera } from '../../video/gb28181/camera.ts';
import type { Gb28181Server } from '../../video/gb28181/server.ts';
import { createOnvifCamera, type OnvifCamera } from '../../video/onvif/camera.ts';
import { createOnvifDevice, type OnvifDevice } from '../../video/onvif/device.ts';
import type { WhichStream } from '../../video/output.ts';
import type { Turning } from '../../video/turning.ts';

/** Where the pictures of the hall's own cameras come from, and what turns them. */
export interface OwnSources {
  source(camera: string, which: WhichStream): CameraSource | undefined;
  turning(camera: string): Turning | undefined;
}

/**
 * Cameras whose addresses are the same share one device.
 * @param onTold called with a camera whose device has told what it is, or came or went
 */
export function ownSources(
  cameras: readonly HallCamera[],
  clock: Clock,
  gb28181: Pick<Gb28181Server, 'hasSub' | 'onDevice' | 'play' | 'turning'> | undefined,
  onTold: (camera: string) => void,
): OwnSources {
  const devices = new Map<string, OnvifDevice>();
  const deviceAt = (url: string): OnvifDevice => {
    const device = devices.get(url) ?? createOnvifDevice({ url, clock });
    devices.set(url, device);
    return device;
  };
  const written = new Map<string, Readonly<Record<WhichStream, CameraSource | undefined>>>();
  const asked = new Map<string, OnvifCamera | Gb28181Camera>();
  /** By device, and by device and channel. */
  const idsOf = new Map<string, string[]>();
  for (const { id, source, sub, hosts = [] } of cameras) {
    if (typeof source === 'string')
      written.set(id, { main: { url: source, hosts }, sub: sub === undefined ? undefined : { url: sub, hosts } });
    else if (source && 'gb28181' in source) {
      const { device, channel } = source.gb28181;
      asked.set(id, createGb28181Camera(gb28181, source.gb28181));
      for (const key of [device, `${device}/${channel}`]) idsOf.set(key, [...(idsOf.get(key) ?? []), id]);
    } else if (source)
      asked.set(
        id,
        createOnvifCamera(deviceAt(source.onvif), source, () => onTold(id)),
      );
  }
  gb28181?.onDevice((device, channel) => {
    for (const id of idsOf.get(channel === undefined ? device : `${device}/${channel}`) ?? []) onTold(id);
  });
  return {
    source(camera, which) {
      const found = asked.get(camera);
      return (found ? { main: found, sub: found.sub } : written.get(camera))?.[which];
    },
    turning: (camera) => asked.get(camera)?.turning(),
  };
}
