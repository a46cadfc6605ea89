import pg from "pg";

/** A plan as the server logged it when it ran the statement. */
export interface LoggedPlan {
  readonly sql: string;
  /** Each step of the plan: what it does and what to. */
  readonly steps: readonly PlanStep[];
}

export interface PlanStep {
  /** Such as "Index Scan". */
  readonly kind: string;
  readonly table?: string;
  readonly index?: string;
  /** Rows looked at: those that a filter then left out too. */
  readonly rows: number;
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  /** Of each loop. */
  readonly "Actual Rows"?: number;
  readonly "Actual Loops"?: number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Index Recheck"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** From now on every new connection to the database logs the plan of each statement, those of triggers and functions too. */
export async function logPlans(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>("SELECT current_database() AS name");
  const database = rows[0]?.name ?? "";
  for (const setting of [
    "session_preload_libraries = 'auto_explain'",
    "auto_explain.log_min_duration = 0",
    "auto_explain.log_format = 'json'",
    "auto_explain.log_analyze = on",
    "auto_explain.log_timing = off",
    "auto_explain.log_nested_statements = on",
  ])
    await client.query(`ALTER DATABASE "${database}" SET ${setting}`);
  await client.end();
}

/** The plans in a server's log. @param log what it has written, in pieces of any length */
export function readPlans(log: readonly string[]): readonly LoggedPlan[] {
  return [...log.join("").matchAll(/plan:\n(\t?\{[\s\S]*?\n\t?\})(?=\n|$)/g)].flatMap(([, json = ""]) => {
    try {
      const logged = JSON.parse(json) as { "Query Text": string; Plan: PlanNode };
      return [{ sql: logged["Query Text"], steps: stepsOf(logged.Plan) }];
    } catch {
      return []; // cut off at the end of what was written
    }
  });
}

function stepsOf(node: PlanNode): readonly PlanStep[] {
  const { "Node Type": kind, "Relation Name": table, "Index Name": index } = node;
  const perLoop =
    (node["Actual Rows"] ?? 0) +
    (node["Rows Removed by Filter"] ?? 0) +
    (node["Rows Removed by Index Recheck"] ?? 0);
  const rows = perLoop * (node["Actual Loops"] ?? 1);
  return [
    { kind, rows, ...(table !== undefined && { table }), ...(index !== undefined && { index }) },
    ...(node.Plans ?? []).flatMap(stepsOf),
  ];
}
