import { z } from 'zod';
import { complaint } from '../../core/complaint.ts';
import { ForbiddenAddressError, formOf } from '../../native/ffmpeg/inputs.ts';

const MEANT = {
  zh: '请写 rtsp、rtsps、rtp、udp、tcp、http 或 https 地址，例如 rtsp://用户:口令@10.1.2.3/Streaming/Channels/101',
  en: 'Write an rtsp, rtsps, rtp, udp, tcp, http or https address, such as rtsp://user:password@10.1.2.3/Streaming/Channels/101.',
};

const UNENCODED = complaint(
  {
    zh: '用户名或口令中有未编码的字符',
    en: 'has a user or password with characters that end it',
  },
  {
    zh: '请把口令中的 @ 写成 %40，# 写成 %23，/ 写成 %2F，? 写成 %3F，% 写成 %25',
    en: 'Write @ in a password as %40, # as %23, / as %2F, ? as %3F and % as %25.',
  },
);

const NO_DEVICE = complaint(
  { zh: '不是 ONVIF 设备地址', en: 'is not the address of an ONVIF device' },
  {
    zh: '请写 http 或 https 地址，例如 http://用户:口令@10.1.2.3/onvif/device_service',
    en: 'Write an http or https address, such as http://user:password@10.1.2.3/onvif/device_service.',
  },
);

/** Else what stands behind such a character would be taken for the host, and looked up by that name. */
function endsEarly(address: string): boolean {
  const { hash, pathname, search, username } = new URL(address);
  return hash !== '' || (username !== '' && `${pathname}${search}`.includes('@'));
}

/** The address of a camera's pictures, with user and password where it wants them: those characters that end them percent-encoded. */
export const CameraAddress = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .superRefine((address, ctx) => {
    try {
      formOf(address);
      if (endsEarly(address)) ctx.addIssue({ code: 'custom', ...UNENCODED });
    } catch (error) {
      if (!(error instanceof ForbiddenAddressError)) throw error;
      // Without the address, which may have a password in it.
      ctx.addIssue({ code: 'custom', ...complaint({ zh: '不是摄像机地址', en: error.message }, MEANT) });
    }
  });

/** The address of a device that tells by ONVIF where its pictures are; user and password as in {@link CameraAddress}. */
export const DeviceAddress = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .superRefine((address, ctx) => {
    if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
      ctx.addIssue({ code: 'custom', ...NO_DEVICE });
    else if (endsEarly(address)) ctx.addIssue({ code: 'custom', ...UNENCODED });
  });
