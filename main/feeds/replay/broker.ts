import type { OpenBroker } from '../mqtt/broker.ts';
import type { Playback } from '../recording/playback.ts';

/** A recording in place of a broker: its messages come by the topics of which they were. */
export const brokerOf =
  (playback: Playback): OpenBroker =>
  (_config, _clientId, ears) => ({
    connect() {
      ears.connected();
      playback.play(
        ({ from, bytes }) =>
          new Promise<void>((done) => {
            ears.message({ topic: from, payload: Buffer.from(bytes), retained: false, once: true }, done);
          }),
      );
    },
    end: () => Promise.resolve(),
  });
