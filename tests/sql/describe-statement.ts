import pg from "pg";

/** A column of a statement's rows, as the server describes it before anything runs. */
export interface DescribedColumn {
  readonly name: string;
  /** `int8`, `timestamptz`, `_text` (an array) and so on. */
  readonly type: string;
}

export interface Described {
  readonly columns: readonly DescribedColumn[];
  readonly parameters: readonly string[];
}

interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}

/** The part of the driver's protocol that parses a statement and asks what it is, without running it. */
class Describing {
  readonly name: string;
  readonly text: string;
  fields: readonly Field[] = [];
  readonly done: Promise<void>;
  #finish!: { resolve: () => void; reject: (error: Error) => void };

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
    this.done = new Promise((resolve, reject) => {
      this.#finish = { resolve, reject };
    });
  }

  submit(connection: pg.Connection): null {
    connection.parse({ name: this.name, text: this.text, types: [] }, true);
    connection.describe({ type: "S", name: this.name }, true);
    connection.sync();
    return null;
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.fields = fields;
  }

  handleError(error: Error): void {
    this.#finish.reject(error);
  }

  handleReadyForQuery(): void {
    this.#finish.resolve();
  }
}

/** Asks a server what statements are: their columns and the types of their values. */
export async function openDescriber(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ oid: number; typname: string }>(
    "SELECT oid::int, typname FROM pg_type",
  );
  const names = new Map(rows.map(({ oid, typname }) => [oid, typname]));
  let count = 0;
  return {
    /** @throws the server's error for a statement that it does not understand */
    async describe(sql: string): Promise<Described> {
      const name = `described_${(count += 1)}`;
      const query = new Describing(name, sql);
      client.query(query as unknown as pg.Submittable);
      await query.done;
      const { rows: parameters } = await client.query<{ types: string[] }>(
        `SELECT ARRAY(SELECT t.typname FROM unnest(parameter_types) WITH ORDINALITY p(oid, place)
           JOIN pg_type t ON t.oid = p.oid ORDER BY p.place)::text[] AS types
         FROM pg_prepared_statements WHERE name = $1`,
        [name],
      );
      await client.query(`DEALLOCATE ${name}`);
      return {
        columns: query.fields.map((field) => ({
          name: field.name,
          type: names.get(field.dataTypeID) ?? String(field.dataTypeID),
        })),
        parameters: parameters[0]?.types ?? [],
      };
    },
    close: () => client.end(),
  };
}
