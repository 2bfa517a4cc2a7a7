import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express } from 'express';
import { redocPage, redocStart, swaggerPage, swaggerStart } from './pages.js';
import { weirOpenApi } from './open-api.js';

const locate = createRequire(import.meta.url);
/** ReDoc shows this image of its maker's; a reader of the docs should call on no other host than ours. */
const remoteLogo = 'https://cdn.redoc.ly/redoc/logo-mini.svg';
/** Fails to load without asking anybody, whereupon ReDoc leaves the image out. */
const noImage = 'data:,';

/**
 * `/docs` (Swagger UI), `/redoc` (ReDoc) and `/openapi.json`, from the packages installed here: pages without inline
 * scripts, so that the content security policy can forbid them.
 */
export async function serveDocs(app: NestExpressApplication): Promise<void> {
  const swagger = dirname(locate.resolve('swagger-ui-dist/package.json'));
  const redoc = await readFile(locate.resolve('redoc/bundles/redoc.standalone.js'), 'utf8');
  const document = JSON.stringify(weirOpenApi(app));
  const http: Express = app.getHttpAdapter().getInstance();
  const serve = (path: string, type: string, body: string | Buffer) =>
    http.get(path, (_request, response) => {
      response.setHeader('Cache-Control', 'no-cache');
      response.type(type).send(body);
    });

  serve('/openapi.json', 'json', document);
  serve('/docs', 'html', swaggerPage);
  serve('/docs/start.js', 'js', swaggerStart);
  serve('/docs/swagger-ui.css', 'css', await readFile(join(swagger, 'swagger-ui.css')));
  serve('/docs/swagger-ui-bundle.js', 'js', await readFile(join(swagger, 'swagger-ui-bundle.js')));
  serve('/docs/icon.png', 'png', await readFile(join(swagger, 'favicon-32x32.png')));
  serve('/redoc', 'html', redocPage);
  serve('/redoc/start.js', 'js', redocStart);
  serve('/redoc/redoc.js', 'js', redoc.replaceAll(remoteLogo, noImage));
}
