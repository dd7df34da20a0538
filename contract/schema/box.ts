import { z } from 'zod';

/** WGS 84 degrees; edges belong to it. */
export const Box = z.object({ west: z.number(), south: z.number(), east: z.number(), north: z.number() });
export type Box = z.infer<typeof Box>;
