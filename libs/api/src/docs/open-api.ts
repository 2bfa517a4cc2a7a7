import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Bindings } from '../bindings.js';

const description = `
Figures per region and day, for those who hold an API key.

1. \`POST /users\` registers you and gives you a key; it is shown once.
2. Send it as \`x-key\` with every request.
3. \`GET /covid/incidence\` answers page by page: ask again with \`cursor\` until \`next_cursor\` is null.

Days are \`YYYY-MM-DD\`, times ISO 8601 in UTC. Every error is \`application/problem+json\` with a stable \`code\`;
every answer carries \`X-Request-Id\` and \`X-Correlation-Id\`, yours if you sent them. \`RateLimit-*\` headers say how many
requests are left this minute.
`;

/** The OpenAPI document of an API made by `createApi`. */
export function weirOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Weir')
    .setDescription(description.trim())
    .setVersion(app.get(Bindings).settings.version)
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'x-key', description: 'The key that POST /users gave you.' },
      'x-key',
    )
    .addTag('Users', 'Registration and keys')
    .addTag('Covid', 'Daily figures')
    .addTag('Health', 'For probes and people on call')
    .build();
  return SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '').toLowerCase()}_${method}`,
  });
}
