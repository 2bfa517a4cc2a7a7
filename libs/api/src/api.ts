import 'reflect-metadata';
import { parse } from 'node:querystring';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiModule } from './api.module.js';
import type { ApiBindings } from './bindings.js';
import { serveDocs } from './docs/serve-docs.js';
import { readBody } from './http/body.js';
import { compressed } from './http/compression.js';
import { requestContext } from './http/request-context.js';
import { checkTarget } from './http/request-target.js';
import { notStored, securityHeaders } from './http/security-headers.js';
import { ServerAdapter } from './http/server.adapter.js';
import { servePage } from './page/serve-page.js';

/** The API over what the process bound; it is initialised, and the caller lets it listen. */
export async function createApi(bindings: ApiBindings): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    ApiModule.over(bindings),
    new ServerAdapter(bindings.log),
    {
      bodyParser: false,
      // An error is the caller's to handle: by default Nest would abort the process, and write to its console.
      abortOnError: false,
      logger: false,
    },
  );
  app.set('trust proxy', bindings.settings.trustProxyHops);
  app.set('etag', false);
  // Without nesting, and without Node's default of dropping what comes after the thousandth parameter.
  app.set('query parser', (text: string) => parse(text, '&', '=', { maxKeys: 0 }));
  app.disable('x-powered-by');
  app.use(requestContext(bindings), securityHeaders, notStored, checkTarget, compressed, readBody);
  await serveDocs(app);
  await servePage(app, bindings.page);
  return app.init();
}
