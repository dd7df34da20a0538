import './jitless.ts';

export type { ConnectionState, HallClient, HelloInfo, Violation } from '../../contract/wire/hallClient.ts';
export { type Bridge, type BridgeOptions, createBridge } from './bridge.ts';
export { hands } from './hands.ts';
export {
  BridgeProvider,
  useBehind,
  useBridge,
  useCall,
  useConnection,
  useQuery,
  useTopic,
  useTopicFresh,
  useTopicItem,
  useTopicItems,
  useTopicValue,
} from './hooks.tsx';
export { useObservation, useRecent, useSensors } from './observationHooks.ts';
export { useUnitReports } from './unitHooks.ts';
