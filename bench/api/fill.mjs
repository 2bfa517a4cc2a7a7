/** Fills a home, in a process of its own: there is one engine in a process. */
import { fill } from '../system/clickhouse.mjs';

await fill(process.argv[2]);
console.log('{}');
process.exit();
