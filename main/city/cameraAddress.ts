import { z } from 'zod';
import { complaint } from '../../core/complaint.ts';
import { ForbiddenAddressError, formOf } from '../../native/ffmpeg/inputs.ts';

const MEANT = {
  zh: '请写 rtsp、rtsps、rtp、udp、tcp、http 或 https 地址，例如 rtsp://用户:口令@10.1.2.3/Streaming/Channels/101',
  en: 'Write an rtsp, rtsps, rtp, udp, tcp, http or https address, such as rtsp://user:password@10.1.2.3/Streaming/Channels/101.',
};

/** The address of a camera's pictures, with user and password where it wants them: those characters that end them percent-encoded. */
export const CameraAddress = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .superRefine((address, ctx) => {
    try {
      formOf(address);
    } catch (error) {
      if (!(error instanceof ForbiddenAddressError)) throw error;
      // Without the address, which may have a password in it.
      ctx.addIssue({ code: 'custom', ...complaint({ zh: '不是摄像机地址', en: error.message }, MEANT) });
    }
  });
