import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

/**
 * Nothing is loaded from another host and no inline script runs. Swagger UI and ReDoc write inline styles, and ReDoc
 * searches in a worker made from a blob. Nothing insists on HTTPS: whether
 * there is any is the proxy's matter.
 */
export const securityHeaders = helmet({
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      workerSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
});

/** Answers are for the holder of one key, and some hold a key: nobody keeps them. */
export function notStored(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
