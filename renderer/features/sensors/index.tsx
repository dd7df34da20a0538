import { defineFeature } from '../../desk/feature.ts';
import { SensorDetail } from './SensorDetail.tsx';

export default defineFeature({
  name: 'sensors',
  details: { sensor: ({ sensor }) => sensor && <SensorDetail key={sensor.sensor} sensor={sensor} /> },
});
