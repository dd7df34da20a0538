import { z } from 'zod';
import { told } from '../../../core/told.ts';

/** Where a hall's folder has its recordings, a folder for each feed. */
export const RECORDINGS = 'recordings';

/** The member of a feed's file that has it recorded. */
export const recorded = {
  record: z
    .boolean()
    .optional()
    .meta(
      told(
        '把收到的原始报文逐条录入 recordings 文件夹，默认不录',
        'Whether what comes is recorded as it came, into the folder `recordings`; not when left out.',
      ),
    ),
};
