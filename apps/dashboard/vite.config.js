import { fileURLToPath, URL } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Has the browser fetch the chart's library, which is most of the page's code, beside the rest: where there is a key, it is
 * needed as soon as there are figures.
 */
const chartAtOnce = {
  name: 'chart-at-once',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) =>
      Object.values(bundle ?? {})
        .filter(({ name }) => name === 'chart')
        .map(({ fileName }) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${fileName}` },
          injectTo: 'head',
        })),
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [chartAtOnce],
  // A path of this machine's must not end up in the page.
  envDir: false,
  // From its source: the page can be built where nothing else is.
  resolve: { alias: { '@weir/client': fileURLToPath(new URL('../../libs/client/src/index.ts', import.meta.url)) } },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // The API's policy allows no inline script, and every browser that this is built for has module preloading.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 8001,
    // `npm start` beside it answers what is no file of this folder.
    proxy: Object.fromEntries(
      [
        '/users',
        '/covid',
        '/runs',
        '/pipelines',
        '/dlq',
        '/workers',
        '/health',
        '/docs',
        '/redoc',
        '/openapi.json',
      ].map((path) => [path, 'http://localhost:8000']),
    ),
  },
});
