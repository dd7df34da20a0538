const NOT_OURS = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME', 'EAI_FAIL', 'EINVAL', 'EAFNOSUPPORT'];

/** The hall's address or port cannot be had: which, why, and what to do. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
  readonly text: { zh: string; en: string };

  constructor({ host, port }: { host: string; port: number }, cause: Error & { code?: string }) {
    const text = sentence(host, port, cause.code ?? '');
    super(text.en, { cause });
    this.text = text;
  }
}

function sentence(host: string, port: number, code: string): { zh: string; en: string } {
  if (NOT_OURS.includes(code)) {
    return {
      zh: `--listen ${host} 不是本机的地址。请改用 127.0.0.1、0.0.0.0 或本机某一网卡的地址。`,
      en: `--listen ${host} is no address of this PC. Use 127.0.0.1, 0.0.0.0 or the address of one of its network cards.`,
    };
  }
  if (code === 'EADDRINUSE') {
    return {
      zh: `无法在 ${host}:${port} 提供服务：端口已被其他程序或另一个 OpsHall 占用。请停止它，或用 --port 换一个端口。`,
      en: `cannot listen on ${host}:${port}: another program, or another OpsHall, has this port; stop it or choose another port with --port`,
    };
  }
  if (code === 'EACCES') {
    return {
      zh: `无法在 ${host}:${port} 提供服务：当前用户不能使用该端口。请用 --port 选择 1024 以上的端口。`,
      en: `cannot listen on ${host}:${port}: this user may not have this port; choose one above 1024 with --port`,
    };
  }
  return {
    zh: `无法在 ${host}:${port} 提供服务。请用 --listen 或 --port 换一个地址或端口。`,
    en: `cannot listen on ${host}:${port}; choose another address or port with --listen or --port`,
  };
}
