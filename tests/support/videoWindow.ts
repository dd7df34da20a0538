import { decodeVideoPacket, type VideoPacket } from '../../contract/video.ts';
import type { CameraHealth, CameraState } from '../../main/video/health.ts';
import type { WatchRequest } from '../../main/video/output.ts';
import type { VideoService } from '../../main/video/service.ts';

/** A window that remembers what it was given of a camera. */
export function watchAs(service: Pick<VideoService, 'watch'>, cameraId: string, request: WatchRequest) {
  const packets: VideoPacket[] = [];
  const states: CameraHealth[] = [];
  const watch = service.watch(cameraId, request, {
    packet(bytes) {
      packets.push(decodeVideoPacket(bytes));
      return true;
    },
    state: (health) => states.push(health),
  });
  const last = () => states.at(-1);
  return { packets, states, last, stop: () => watch.stop(), is: (state: CameraState) => last()?.state === state };
}
