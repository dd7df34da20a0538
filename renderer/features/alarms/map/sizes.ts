/** So near each other, in pixels, alarms stand as one. */
export const CLUSTER_PX = 40;
/** To this zoom alarms near each other stand as one; it is the map's nearest, so that those of one place do so always. */
export const LAST_CLUSTER_ZOOM = 20;
/** What does not part up to here, some metres from one another, is spread out where it is. */
export const OPENS_TO_ZOOM = 18;
/** From so near alarms have their names. */
export const NAMES_FROM_ZOOM = 12.5;
