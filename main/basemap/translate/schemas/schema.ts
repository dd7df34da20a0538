import type { GeometryType, Properties, Value } from '../tile/readTile.ts';

/** Layers of our own tiles, as the styles of the windows draw them. */
export const OWN_LAYERS = ['land', 'landuse', 'water', 'buildings', 'roads', 'rail', 'borders', 'labels'] as const;
export type OwnLayer = (typeof OWN_LAYERS)[number];

/** What a foreign feature becomes: its geometry goes into a layer of ours, with these properties. */
export interface Translated {
  readonly layer: OwnLayer;
  readonly properties: Readonly<Record<string, Value>>;
}

/** Translates the features of one foreign layer; null leaves one out. */
export type Translate = (properties: Properties, type: GeometryType) => Translated | null;

export const SCHEMAS = ['shortbread', 'openmaptiles', 'protomaps', 'own'] as const;
export type SchemaId = (typeof SCHEMAS)[number];

/** How the makers of foreign tiles name things, and what that is in ours. */
export interface Schema {
  readonly id: Exclude<SchemaId, 'own'>;
  /** Names of layers by which it is known; two of them are enough, and no other schema has them. */
  readonly marks: readonly string[];
  /**
   * Whether it has the sea and no land: ours has a land over the sea, so each tile gets one as large as itself and the sea is drawn upon
   * it.
   */
  readonly landIsWhatIsNotSea: boolean;
  /** By the name of its layer. What is not here is left out. */
  readonly layers: Readonly<Record<string, Translate>>;
}
