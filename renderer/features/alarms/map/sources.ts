/** Alarms, those near each other as one. */
export const ALARMS = 'oh-alarms';
/** Alarms that stand by themselves: the chosen one, and those of one place that were spread out. */
export const APART = 'oh-alarms-apart';

/** To this zoom alarms near each other stand as one; it is the map's nearest, so that those of one place do so always. */
export const LAST_CLUSTER_ZOOM = 20;
/** What does not part up to here, some metres from one another, is spread out where it is. */
export const OPENS_TO_ZOOM = 18;
