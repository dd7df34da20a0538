import type { Clock } from '../clock.ts';
import { cameraHealth } from './cameraHealth.ts';
import type { WatchedCamera, Watcher } from './watched.ts';

/** So long a window waits for a key picture of a live stream before it is decoded for it. */
const KEY_PATIENCE_MS = 3_000;

/** Hands packets to windows: each at its own pace, whole groups from a key picture on. */
export interface Delivery {
  /** A packet has come. */
  deliver(camera: WatchedCamera, watcher: Watcher, packet: Uint8Array, isKey: boolean): void;
  /** Hands over what is kept, as far as the window takes it. */
  pump(camera: WatchedCamera, watcher: Watcher, group: readonly Uint8Array[]): void;
  /** It has no picture, or one that stands: said so, and decoded for it when this takes long. */
  waitForKey(camera: WatchedCamera, watcher: Watcher): void;
}

/** @param decode called when a window has waited too long for a key picture */
export function createDelivery(clock: Clock, decode: (camera: WatchedCamera, watcher: Watcher) => void): Delivery {
  function deliver(camera: WatchedCamera, watcher: Watcher, packet: Uint8Array, isKey: boolean): void {
    const group = watcher.stream.stream.recent();
    if (group) {
      pump(camera, watcher, group);
      return;
    }
    // Not kept: of use only to who has all before it.
    if (watcher.current || isKey) watcher.current = watcher.sink.packet(packet, isKey);
    if (watcher.current) sees(camera, watcher);
    else {
      camera.dropped += 1;
      waitForKey(camera, watcher);
    }
  }

  function pump(camera: WatchedCamera, watcher: Watcher, group: readonly Uint8Array[]): void {
    if (watcher.group !== group) {
      camera.dropped += (watcher.group?.length ?? watcher.next) - watcher.next;
      watcher.group = group;
      watcher.next = 0;
    }
    const standAlone = watcher.stream.kind === 'i420';
    for (let packet = group[watcher.next]; packet; packet = group[watcher.next]) {
      watcher.current = watcher.sink.packet(packet, standAlone || watcher.next === 0);
      if (!watcher.current) return;
      watcher.next += 1;
    }
    sees(camera, watcher);
  }

  function sees(camera: WatchedCamera, watcher: Watcher): void {
    if (watcher.waitsSince === undefined) return;
    watcher.cancelWait();
    watcher.waitsSince = undefined;
    watcher.sink.state(cameraHealth(camera, watcher.stream));
  }

  function waitForKey(camera: WatchedCamera, watcher: Watcher): void {
    watcher.group = undefined;
    watcher.next = 0;
    watcher.current = false;
    if (watcher.waitsSince !== undefined) return;
    watcher.waitsSince = clock.now();
    watcher.sink.state(cameraHealth(camera, watcher.stream, watcher));
    if (watcher.request.mode !== 'auto' || watcher.stream.kind !== 'h264') return;
    watcher.cancelWait = clock.setTimeout(() => {
      decode(camera, watcher);
    }, KEY_PATIENCE_MS);
  }

  return { deliver, pump, waitForKey };
}
