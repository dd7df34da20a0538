/**
 * A way to another station, whatever carries it: a WebSocket, a NATS subject, a folder on a stick, a test's pipe. It may lose,
 * repeat, delay and reorder; the session heals that.
 */
export interface Peer {
  /** Where it leads, for the log: `hub ws://10.0.0.5:8787/hub`, `from 10.0.0.7`. */
  readonly address: string;
  /** Never throws; what is sent after the end is lost. */
  send(text: string): void;
  close(reason: string): void;
  onMessage(listener: (text: string) => void): void;
  /** Called once, also when this side closed it. */
  onClose(listener: (reason: string) => void): void;
}
