import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Bindings } from '../bindings.js';
import { completeDocument } from './complete-document.js';

const description = `
Figures per region and day, for those who hold an API key.

1. \`POST /users\` registers you and gives you a key; it is shown once.
2. Send it as \`x-key\` with every request.
3. \`GET /covid/incidence\` answers page by page: ask again with \`cursor\` until \`next_cursor\` is null.

Days are \`YYYY-MM-DD\`, times ISO 8601 in UTC. Figures are persons, never rounded; \`null\` is "not known", 0 is a figure.

Lists answer \`{"data": […], "next_cursor": "…" | null}\`, and nothing is cut off without a cursor.

Every error is \`application/problem+json\` (RFC 9457) with a stable \`code\`, and names each field at fault. Unknown
parameters and fields are refused, never ignored. A path answers other methods than its own with 405 and \`Allow\`
(\`#/components/responses/MethodNotAllowed\`), what has no path with 404; \`HEAD\` works wherever \`GET\` does.

Every answer carries \`X-Request-Id\` and \`X-Correlation-Id\`, yours if you sent them. \`RateLimit-*\` headers say how many
requests are left this minute; 429 and 503 say in \`Retry-After\` when to try again.
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
    .addTag('Covid', 'Figures per region and day, week or month')
    .addTag('Runs', 'What ran, what it did, and what it refused')
    .addTag('Pipelines', 'What there is to run, and how it is doing')
    .addTag('Dead letters', 'What the sink refused')
    .addTag('Workers', 'Who does the work')
    .addTag('Health', 'For probes and people on call')
    .addTag('Metrics', 'For Prometheus')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '').toLowerCase()}_${method}`,
  });
  return completeDocument(document);
}
