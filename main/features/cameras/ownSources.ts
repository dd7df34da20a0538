import type { HallCamera } from '../../city/hallCity.ts';
import type { Clock } from '../../clock.ts';
import type { CameraSource } from '../../video/askedSource.ts';
import { createGb28181Camera } from '../../video/gb28181/camera.ts';
import type { Gb28181Server } from '../../video/gb28181/server.ts';
import { createOnvifCamera, type OnvifCamera } from '../../video/onvif/camera.ts';
import { createOnvifDevice, type OnvifDevice } from '../../video/onvif/device.ts';
import type { Turning } from '../../video/onvif/turning.ts';

/** Where the pictures of the hall's own cameras come from, and what turns them. */
export interface OwnSources {
  source(camera: string): CameraSource | undefined;
  turning(camera: string): Turning | undefined;
}

/**
 * Cameras whose addresses are the same share one device.
 * @param onTold called with a camera whose device has told what it is
 */
export function ownSources(
  cameras: readonly HallCamera[],
  clock: Clock,
  gb28181: Pick<Gb28181Server, 'play'> | undefined,
  onTold: (camera: string) => void,
): OwnSources {
  const devices = new Map<string, OnvifDevice>();
  const deviceAt = (url: string): OnvifDevice => {
    const device = devices.get(url) ?? createOnvifDevice({ url, clock });
    devices.set(url, device);
    return device;
  };
  const written = new Map<string, CameraSource>();
  const asked = new Map<string, OnvifCamera>();
  for (const { id, source } of cameras) {
    if (typeof source === 'string') written.set(id, { url: source });
    else if (source && 'gb28181' in source) written.set(id, createGb28181Camera(gb28181, source.gb28181));
    else if (source)
      asked.set(
        id,
        createOnvifCamera(deviceAt(source.onvif), source, () => onTold(id)),
      );
  }
  return {
    source: (camera) => written.get(camera) ?? asked.get(camera),
    turning: (camera) => asked.get(camera)?.turning(),
  };
}
