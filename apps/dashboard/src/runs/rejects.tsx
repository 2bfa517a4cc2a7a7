import { useState } from 'preact/hooks';
import { WhenHere } from '../look/state.js';
import { Pages } from '../look/pages.js';
import { Table } from '../look/table.js';
import { count } from '../look/text.js';
import { useSession } from '../session/session-context.js';
import { useAnswer } from '../session/use-answer.js';

/** The rows that a run refused, each with why. */
export function Rejects({ id, rejected }: { readonly id: string; readonly rejected: number }) {
  const { key, client } = useSession();
  // Where each page so far began; the list goes on with what the last one said.
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const cursor = cursors.at(-1) ?? null;
  const answer = useAnswer(rejected === 0 ? null : `${key} ${id} ${rejected} ${cursor}`, (signal) =>
    client.get('/runs/{run_id}/rejects', {
      path: { run_id: id },
      query: { limit: 50, ...(cursor !== null && { cursor }) },
      signal,
    }),
  );
  const next = answer.data?.next_cursor ?? null;
  return (
    <section class="card">
      <h2>Rejects</h2>
      {rejected === 0 ? (
        <p>No row was refused.</p>
      ) : (
        <>
          <WhenHere answer={answer}>
            {({ data }) => (
              <>
                <p class="quiet">{count(rejected)} rows were refused.</p>
                <Table label="Rejects" columns={['Source', { number: 'Row' }, 'Why', 'Record']}>
                  {data.map(({ file, row, code, reason, record }, index) => (
                    <tr key={`${file} ${row} ${index}`}>
                      <td>{file}</td>
                      <td class="number">{row ?? '–'}</td>
                      <td class="long">
                        <code>{code}</code> {reason}
                      </td>
                      <td class="long">
                        <code>{record === null ? '' : JSON.stringify(record)}</code>
                      </td>
                    </tr>
                  ))}
                </Table>
              </>
            )}
          </WhenHere>
          <Pages
            asking={answer.asking}
            steps={{
              Before: cursors.length === 1 ? null : () => setCursors(cursors.slice(0, -1)),
              More: next === null ? null : () => setCursors([...cursors, next]),
            }}
          />
        </>
      )}
    </section>
  );
}
