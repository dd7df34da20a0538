import { z } from 'zod';
import { ROAD_CLASSES, type RoadGraph } from './roads.ts';

const isNumbers = (value: unknown): boolean => Array.isArray(value) && value.every((v) => typeof v === 'number');
const isListOfNumbers = (value: unknown): boolean => Array.isArray(value) && value.every(isNumbers);
const isEdges = (value: unknown): boolean =>
  isListOfNumbers(value) && (value as number[][]).every((e) => e.length === 5);

/** A road graph as a file has it. */
export const GraphShape = z
  .object({
    classes: z.array(z.enum(ROAD_CLASSES)),
    names: z.array(z.object({ zh: z.string().min(1), en: z.string().min(1) })),
    nodes: z.custom<RoadGraph['nodes']>(isListOfNumbers, 'must be a list of [lon, lat]'),
    edges: z.custom<RoadGraph['edges']>(isEdges, 'must be a list of [a, b, length, class, name]'),
    bends: z.custom<RoadGraph['bends']>(isListOfNumbers, 'must be a list of lists of numbers'),
  })
  .refine((graph) => graph.edges.length === graph.bends.length, 'edges and bends must be equally long')
  .refine(
    ({ edges, nodes }) => edges.every(([a, b]) => a >= 0 && b >= 0 && a < nodes.length && b < nodes.length),
    'edges must join nodes that exist',
  );
