/**
 * Puts parts of the example programs into pages, so that what a reader copies is what a test runs. A page says
 * `<!-- quote: examples/figures.sh#register -->` before a fenced block; the block becomes what stands in that file between
 * `region register` and `endregion`.
 */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const languages = { '.sh': 'sh', '.py': 'python', '.ts': 'ts' };
const quote = /<!-- quote: (\S+)#(\S+) -->\n\n```[^\n]*\n[^]*?\n```\n/g;

/** The page with its quotes brought up to date. Throws where a page quotes what no file has, or a quote has no block. */
export function quoteExamples(root, page) {
  const text = readFileSync(join(root, page), 'utf8');
  const wanted = text.match(/<!-- quote: /g)?.length ?? 0;
  let found = 0;
  const quoted = text.replace(quote, (_, file, region) => {
    found++;
    return `<!-- quote: ${file}#${region} -->\n\n\`\`\`${languages[extname(file)]}\n${part(root, file, region)}\n\`\`\`\n`;
  });
  if (found !== wanted)
    throw new Error(`${page}: ${wanted} quotes, but ${found} of them are followed by a fenced block`);
  return quoted;
}

function part(root, file, region) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const begin = lines.findIndex((line) => line.trim().match(/^(?:#|\/\/) region (\S+)$/)?.[1] === region);
  const end = lines.findIndex((line, index) => index > begin && /^(?:#|\/\/) endregion$/.test(line.trim()));
  if (begin === -1 || end === -1) throw new Error(`${file} has no region ${region}`);
  return lines
    .slice(begin + 1, end)
    .join('\n')
    .trim();
}
