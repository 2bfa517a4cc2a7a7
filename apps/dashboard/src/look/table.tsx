import type { ComponentChildren } from 'preact';

/** The head of a column: its name, that of one of numbers, or null for one that only a sighted reader needs. */
export type Column = string | { readonly number: string } | null;

interface TableProps {
  /** What is in it. */
  readonly label: string;
  /** Whether it stands by itself, outside of a card. */
  readonly card?: boolean;
  readonly columns: readonly Column[];
  /** Rows. */
  readonly children: ComponentChildren;
}

/** A table that scrolls sideways by itself where it is wider than the screen: with a pointer, and with the keyboard. */
export function Table({ label, card = false, columns, children }: TableProps) {
  return (
    <div class={card ? 'scroll card' : 'scroll'} tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <Head key={index} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Head({ column }: { readonly column: Column }) {
  if (column === null) return <th scope="col" aria-hidden="true" />;
  if (typeof column === 'string') return <th scope="col">{column}</th>;
  return (
    <th scope="col" class="number">
      {column.number}
    </th>
  );
}
