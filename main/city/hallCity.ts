import type { PlacedCamera } from '../../core/places/camera.ts';
import type { CitySensor, CityUnit, Department, Facility } from '../../core/places/city.ts';
import type { NamedPlace } from '../../core/places/gazetteer.ts';
import type { OwnKind } from '../../core/places/kinds.ts';
import type { RoadGraph } from '../../core/places/roads.ts';
import type { Gb28181Address } from '../video/gb28181/address.ts';
import type { OnvifChoice } from '../video/onvif/camera.ts';

/** A sensor of one of the kinds of the product, or of the hall's own. */
export type HallSensor = Omit<CitySensor, 'kind'> & { readonly kind: string };

/** The same of a unit, wherever it is stationed. */
export type HallUnit = Omit<CityUnit, 'home' | 'kind'> & { readonly kind: string };

/** A device that tells by ONVIF where the pictures of a camera are; its address may have a password in it. */
export interface OnvifAddress extends OnvifChoice {
  readonly onvif: string;
}

/** A camera of the hall. The address that its pictures come from may have a password in it; one that has none shows none. */
export type HallCamera = PlacedCamera & {
  readonly source?: string | OnvifAddress | { readonly gb28181: Gb28181Address };
  /** The address of its smaller stream, beside one of its own. */
  readonly sub?: string | undefined;
  /** Hosts beside its own that a playlist of its own may lead to. */
  readonly hosts?: readonly string[] | undefined;
};

/** What the hall works with. */
export interface HallCity {
  readonly graph: RoadGraph;
  readonly departments: readonly Department[];
  readonly facilities: readonly Facility[];
  /** Everything that has a name. */
  readonly places: readonly NamedPlace[];
  /** Beside those of the product. */
  readonly kinds: readonly OwnKind[];
  readonly sensors: readonly HallSensor[];
  readonly units: readonly HallUnit[];
  readonly cameras: readonly HallCamera[];
}
