/** The pages around Swagger UI and ReDoc. Scripts are files of their own: the policy forbids inline ones. */

export const swaggerPage = page('Weir: API', '<link rel="stylesheet" href="/docs/swagger-ui.css">', 'swagger', [
  '/docs/swagger-ui-bundle.js',
  '/docs/start.js',
]);

// The validator badge would send the document's address to another host.
export const swaggerStart = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger',
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
});
`;

export const redocPage = page('Weir: API reference', '<style>body { margin: 0 }</style>', 'redoc', [
  '/redoc/redoc.js',
  '/redoc/start.js',
]);

// Fonts of the reader's system: none is fetched.
export const redocStart = `const systemFont = 'system-ui, sans-serif';
Redoc.init(
  '/openapi.json',
  { theme: { typography: { fontFamily: systemFont, headings: { fontFamily: systemFont } } } },
  document.getElementById('redoc'),
);
`;

function page(title: string, head: string, element: string, scripts: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" href="/docs/icon.png">
    ${head}
  </head>
  <body>
    <div id="${element}"></div>
    ${scripts.map((script) => `<script src="${script}"></script>`).join('\n    ')}
  </body>
</html>
`;
}
