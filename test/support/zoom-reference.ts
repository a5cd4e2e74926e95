import type { Json } from '../../shared/json.ts';

/** A small reference as Zoom writes them, with words that must not be kept. */
export const document = {
  openapi: '3.0.0',
  info: { title: 'Sentence of Zoom', version: '2' },
  paths: {
    '/things/{thingId}': {
      parameters: [{ name: 'thingId', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        operationId: 'thing',
        summary: 'Sentence of Zoom',
        description: 'Sentence of Zoom.\n\n**[Rate Limit Label](https://example.com#x):** `MEDIUM`',
        deprecated: true,
        parameters: [
          {
            name: 'size',
            in: 'query',
            deprecated: true,
            description: 'Sentence of Zoom',
            schema: { type: 'integer', maximum: 2000, default: 30, example: 30 },
          },
        ],
        responses: {
          '200': {
            description: 'Sentence of Zoom',
            content: {
              'application/json': {
                schema: {
                  description: 'Sentence of Zoom',
                  allOf: [
                    { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
                    { $ref: '#/components/schemas/Thing' },
                  ],
                },
              },
            },
          },
          '400': {
            description: '**Error Code:** `300` <br>\n Sentence of Zoom.\n**Error Code:** `1120` <br>',
          },
          '404': { $ref: '#/components/responses/Gone' },
        },
        'x-extensions': {
          'x-macro-scopes': ['thing:write', 'thing:read'],
          'x-granular-scopes': ['thing:read:thing'],
        },
      },
      patch: {
        operationId: 'thingUpdate',
        requestBody: {
          content: {
            'application/json': {
              schema: {
                oneOf: [
                  {
                    title: 'Sentence of Zoom',
                    type: 'object',
                    required: ['status', 'minutes'],
                    properties: {
                      status: { type: 'string', enum: ['busy'] },
                      minutes: { type: 'integer', minimum: 1, maximum: 1440 },
                    },
                  },
                  {
                    type: 'object',
                    required: ['status'],
                    properties: { status: { type: 'string', enum: ['away', 'active'] } },
                  },
                ],
              },
            },
          },
        },
        responses: { '204': { description: 'Sentence of Zoom' } },
      },
    },
  },
  components: {
    responses: { Gone: { description: 'Sentence of Zoom' } },
    schemas: {
      Thing: {
        title: 'Sentence of Zoom',
        type: 'object',
        properties: {
          plan: { type: 'integer', enum: [2, '576460752303423488', 1] },
          tags: { type: 'array', maxItems: 5, items: { type: 'string', example: 'Sentence of Zoom' } },
          parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
          old: { type: 'boolean', deprecated: true },
          'a.b c': { type: 'string', nullable: true },
        },
      },
    },
  },
} satisfies Json;
