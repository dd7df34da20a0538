import type { HallCamera } from '../../city/hallCity.ts';
import type { Clock } from '../../clock.ts';
import type { CameraSource } from '../../video/askedSource.ts';
import { createOnvifCamera } from '../../video/onvif/camera.ts';
import { createOnvifDevice, type OnvifDevice } from '../../video/onvif/device.ts';

/** Where the pictures of the hall's own cameras come from. Cameras whose addresses are the same share one device. */
export function ownSources(cameras: readonly HallCamera[], clock: Clock): (camera: string) => CameraSource | undefined {
  const devices = new Map<string, OnvifDevice>();
  const deviceAt = (url: string): OnvifDevice => {
    const device = devices.get(url) ?? createOnvifDevice({ url, clock });
    devices.set(url, device);
    return device;
  };
  const sources = new Map<string, CameraSource>();
  for (const { id, source } of cameras) {
    if (typeof source === 'string') sources.set(id, { url: source });
    else if (source) sources.set(id, createOnvifCamera(deviceAt(source.onvif), source));
  }
  return (camera) => sources.get(camera);
}
