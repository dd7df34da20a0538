/** What the hall says of itself once windows can connect. */
export interface HallReady {
  /** Loopback address of its HTTP and WebSocket server. */
  url: string;
  lang: 'zh-CN' | 'en';
  /** Folder of its own map, which need not be there. */
  map: string;
}

/** Messages from the hall process to the shell. */
export type FromHall =
  | { type: 'starting'; percent: number }
  | { type: 'ready'; ready: HallReady }
  | { type: 'failed'; message: string }
  | { type: 'data'; id: number; data: string | Uint8Array }
  | { type: 'close'; id: number };

/** Messages from the shell to the hall process. In the utility process `connect` carries the port itself. */
export type ToHall =
  | { type: 'connect'; id: number; shell: boolean }
  | { type: 'data'; id: number; data: string | Uint8Array }
  | { type: 'close'; id: number }
  | { type: 'stop' };
