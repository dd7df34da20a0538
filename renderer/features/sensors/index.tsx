import { defineFeature } from '../../desk/feature.ts';
import { SensorDetail } from './SensorDetail.tsx';
import { useSensorCommands } from './useSensorCommands.ts';

export default defineFeature({
  name: 'sensors',
  details: { sensor: ({ sensor }) => sensor && <SensorDetail key={sensor.id} sensor={sensor} /> },
  useCommands: useSensorCommands,
});
