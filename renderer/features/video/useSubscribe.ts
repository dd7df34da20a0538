import { useCallback } from 'react';
import { useBridge } from '../../bridge/index.ts';
import type { VideoStreamState, VideoSubscribe } from './channels.ts';

/** Cameras by the bridge: packets from the bulk stream, states from the topic `cameras`. */
export function useSubscribe(): VideoSubscribe {
  const bridge = useBridge();
  return useCallback<VideoSubscribe>(
    (camera, options, onPacket, onState) => {
      const tell = () => {
        const health = bridge.items('cameras').get(camera);
        if (!health) return;
        const state: VideoStreamState['state'] = health.state === 'preparing' ? 'connecting' : health.state;
        onState({ state, since: health.since, ...(health.error === null ? {} : { reason: health.error.code }) });
      };
      const stopStates = bridge.subscribe('cameras', tell);
      const stopPackets = bridge.bulk('video', { camera, ...options }, onPacket);
      return () => {
        stopStates();
        stopPackets();
      };
    },
    [bridge],
  );
}
