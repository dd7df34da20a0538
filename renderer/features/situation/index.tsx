import { IconMap2 } from '@tabler/icons-react';
import { PlacedDetail } from '../../desk/detail/PlacedDetail.tsx';
import { type Detail, defineFeature } from '../../desk/feature.ts';
import { cityLayers } from './map/layers.ts';
import { PlaceDetail } from './PlaceDetail.tsx';
import { SituationRegion } from './SituationRegion.tsx';
import { usePlaceCommands } from './usePlaceCommands.ts';

const detail: Detail = (_, selection) => <PlacedDetail selection={selection} />;

export default defineFeature({
  name: 'situation',
  regions: [
    {
      id: 'situation',
      number: 1,
      title: 'situation:region',
      icon: IconMap2,
      place: 'middle',
      wall: 'scene',
      content: SituationRegion,
    },
  ],
  // What the map itself knows: a point of the city, and what the city has put there.
  details: { place: (_, selection) => <PlaceDetail selection={selection} />, component: detail },
  mapLayers: cityLayers,
  useCommands: usePlaceCommands,
});
