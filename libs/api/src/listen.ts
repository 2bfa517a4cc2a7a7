import type { INestApplication } from '@nestjs/common';
import { WeirError } from '@weir/pipeline';

/** Lets an API listen. @returns its address, as people type it. @throws WeirError `cannot_listen`. */
export async function listen(
  api: INestApplication,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  try {
    await api.listen(port, host);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new WeirError(
      'cannot_listen',
      `Port ${port} of ${host} cannot be used (${code}): set PORT or HOST to another.`,
      { cause },
    );
  }
  return (await api.getUrl()).replace('[::1]', 'localhost').replace('127.0.0.1', 'localhost');
}
