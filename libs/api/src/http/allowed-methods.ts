import type { Request } from 'express';

/** What is read here of a layer of Express's router; its types leave out half of it. */
interface Layer {
  readonly route?: { readonly methods: { readonly [method: string]: boolean } };
  match(path: string): boolean;
}

/** The methods that a path has routes for, in capitals; empty where it has none. */
export function allowedMethods(request: Request): string[] {
  const { router } = request.app as unknown as { readonly router: { readonly stack: readonly Layer[] } };
  const methods = router.stack.flatMap((layer) => {
    if (layer.route === undefined || !layer.match(request.path)) return [];
    return Object.keys(layer.route.methods).map((method) => method.toUpperCase());
  });
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].sort();
}
