import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { WeirError } from '@weir/pipeline';
import type { Express } from 'express';

/**
 * `/`: the web page, as it was built into a folder. Its other files lie in `assets/` under names with their hash, so that
 * a browser asks for each just once; the folder is read once, because a new build comes with a new process.
 * @param folder null serves no page: `/` leads to the docs.
 * @throws WeirError `page_missing` where nothing was built into the folder.
 */
export async function servePage(app: NestExpressApplication, folder: string | null): Promise<void> {
  const http: Express = app.getHttpAdapter().getInstance();
  if (folder === null) {
    http.get('/', (_request, response) => response.redirect('/docs'));
    return;
  }
  const serve = (path: string, type: string, caching: string, body: Buffer) =>
    http.get(path, (_request, response) => {
      response.setHeader('Cache-Control', caching);
      response.type(type).send(body);
    });
  const assets = join(folder, 'assets');
  try {
    serve('/', 'html', 'no-cache', await readFile(join(folder, 'index.html')));
    for (const name of await readdir(assets)) {
      const file = await readFile(join(assets, name));
      serve(`/assets/${name}`, extname(name), 'public, max-age=31536000, immutable', file);
    }
  } catch (cause) {
    throw new WeirError('page_missing', `The web page is not in ${folder}: npm run build makes it.`, { cause });
  }
}
