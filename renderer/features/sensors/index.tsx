import { defineFeature } from '../../desk/feature.ts';
import { sensorLayer } from './map/layer.ts';
import { SensorDetail } from './SensorDetail.tsx';
import { useSensorCommands } from './useSensorCommands.ts';

export default defineFeature({
  name: 'sensors',
  details: { sensor: ({ sensor }) => sensor && <SensorDetail key={sensor.id} sensor={sensor} /> },
  mapLayers: [sensorLayer],
  useCommands: useSensorCommands,
});
