import type { MethodSpec, QuerySpec } from '../../../../contract/define.ts';
import { ErrorCode } from '../../../../contract/errors.ts';
import { methods, queries } from '../../../../contract/index.ts';
import { Total } from '../../../../contract/wire/frames.ts';
import { jsonSchema } from './jsonSchema.ts';
import { writtenAs } from './params.ts';

const PROBLEM = {
  type: 'object',
  description: 'Problem details (RFC 9457)',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'For a person, in the language of Accept-Language' },
    code: { type: 'string', examples: ErrorCode.options },
    field: { type: 'string', description: 'Path of what does not fit' },
  },
};

const refused = {
  description: 'Not done, and why',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const answered = (schema: object) => ({ description: 'Done', content: { 'application/json': { schema } } });

function callOf(name: string, { right, params, result }: MethodSpec): object {
  return {
    post: {
      operationId: name,
      tags: [name.split('.')[0]],
      description: `Needs the right \`${right}\`.`,
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(params, 'input') } } },
      responses: { 200: answered(jsonSchema(result, 'output')), default: refused },
    },
  };
}

function pageOf(name: string, { right, params, row }: QuerySpec): object {
  const { properties = {}, required = [] } = jsonSchema(params, 'input');
  return {
    get: {
      operationId: name,
      tags: [name.split('.')[0]],
      description: `One page; \`after\` is the \`more\` of the page before. Needs the right \`${right}\`.`,
      parameters: Object.entries(properties).map(([param, schema]) => ({
        ...{ name: param, in: 'query', required: required.includes(param) },
        ...(writtenAs(schema) === 'json' ? { content: { 'application/json': { schema } } } : { schema }),
      })),
      responses: {
        200: answered({
          type: 'object',
          required: ['rows', 'total', 'more'],
          properties: {
            rows: { type: 'array', items: jsonSchema(row, 'output') },
            total: jsonSchema(Total, 'output'),
            more: { type: ['string', 'null'] },
          },
        }),
        default: refused,
      },
    },
  };
}

/** The OpenAPI 3.1 description of all that the hall answers over HTTP, made from the contract. */
export function openApi(version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'OpsHall',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths: Object.fromEntries([
      ...Object.entries<MethodSpec>(methods).map(([name, spec]) => [`/${name}`, callOf(name, spec)]),
      ...Object.entries<QuerySpec>(queries).map(([name, spec]) => [`/${name}`, pageOf(name, spec)]),
    ]),
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The file integration-token of the hall’s data folder' },
      },
    },
  };
}
