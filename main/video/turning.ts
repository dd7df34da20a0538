/** How fast a camera turns and zooms, each from -1 to 1 of what it can; to the right, up and nearer is more than 0. */
export interface Velocity {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}

/** A place that a camera has been taught to look at. */
export interface Preset {
  readonly token: string;
  readonly name: string;
}

/** Turns a camera. What is told later goes before what the device has not been told yet: it must not move late. */
export interface Turning {
  /** For `ms`, unless it is told again; a device that knows no time has to be told to stop. @throws AskError */
  move(velocity: Velocity, ms: number): Promise<void>;
  /** @throws AskError */
  stop(): Promise<void>;
  /** @throws AskError */
  goTo(preset: string): Promise<void>;
  /** How far it is turned from its zero, degrees clockwise; undefined where it does not tell. @throws AskError */
  pan(): Promise<number | undefined>;
  /** In the device's order. @throws AskError */
  presets(): Promise<readonly Preset[]>;
}
