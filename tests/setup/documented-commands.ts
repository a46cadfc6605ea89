import { globSync, readFileSync } from "node:fs";

/** Documents whose commands somebody types; decisions tell of commands as they were. */
const DOCUMENTS = globSync(["README.md", "CONTRIBUTING.md", "docs/**/*.md"]).filter(
  (file) => !/docs[/\\]decisions[/\\]\d/.test(file),
);
const COMMAND = /^(?:[A-Z_]+=\S+ )?(?:npm|npx|node|docker|openssl|pg_dump|shopify) (?!\W*$)/;
/** Of a block without a language: what begins a drawing or a file is none. */
const SHELL_BLOCK = /^```(?:sh|bash|shell|console)?\n([\s\S]*?)^```/gm;
const OTHER_BLOCK = /^```\w+\n[\s\S]*?^```/gm;

export interface DocumentedCommand {
  readonly command: string;
  readonly file: string;
}

/** Every command in the blocks and between the backticks of the documents: one at a time, without what explains it. */
export function documentedCommands(): readonly DocumentedCommand[] {
  return DOCUMENTS.flatMap((file) =>
    commandsIn(readFileSync(file, "utf8")).map((command) => ({ command, file })),
  );
}

export function commandsIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(SHELL_BLOCK)].flatMap(([, block = ""]) => block.split("\n"));
  const prose = text.replaceAll(SHELL_BLOCK, "").replaceAll(OTHER_BLOCK, "");
  const spans = [...prose.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span);
  return [...blocks, ...spans]
    .map((line) =>
      line
        .replace(/^\$ /, "")
        .replace(/\s+#.*$/s, "")
        .replaceAll(/\s+/g, " ")
        .trim(),
    )
    .flatMap((line) => line.split(" && "))
    .filter((line) => COMMAND.test(line));
}

/** How a documented command is known to work. */
export type HowTested =
  /** The test runs it, as package.json says it, with files for the names in capitals. */
  | { readonly how: "run"; readonly typed: readonly string[]; readonly says: RegExp }
  /** A test runs it or the function behind it: its file contains the call. */
  | { readonly how: "tested"; readonly file: string; readonly call: string }
  /** Takes minutes: the test sees that its `--help` names what the document names; a person runs it. */
  | { readonly how: "long"; readonly help: readonly string[]; readonly names: RegExp }
  /** Not ours, or not without an account, a network or another program. */
  | { readonly how: "outside"; readonly why: string };

const run = (typed: string, says: RegExp): HowTested => ({ how: "run", typed: typed.split(" "), says });
const tested = (file: string, call: string): HowTested => ({ how: "tested", file, call });
const outside = (why: string): HowTested => ({ how: "outside", why });
const bench = (name: string): HowTested => ({
  how: "long",
  help: ["bench", "--help"],
  names: new RegExp(`\\b${name}\\b`),
});
const help = (script: string, names = /Usage: npm (?:run )?\S+/): HowTested => ({
  how: "long",
  help: [script, "--help"],
  names,
});

const PROCESS_DRILLS = "tests/integration/process-drills.test.ts";
const SHOPIFY = "Shopify's CLI with an account; tests/extensions/shopify-cli.test.ts runs what works without";
const PAYLOAD = run("payload ORDER.json --explain", /"event_name": "Purchase"/);
const PAYLOAD_ALL = run(
  "payload ORDER.json --report REPORT.json --settings SETTINGS.json --now 2025-10-24T07:00:00Z --explain",
  /"event_id": "\d+"/,
);
const OPS_STATUS = run("ops status", /"datasets": \[\]/);

/** Every command of the documents, as it stands there. */
export const HOW_TESTED: Readonly<Record<string, HowTested>> = {
  "npm run payload -- ORDER.json --explain": PAYLOAD,
  "npm run payload -- ORDER.json --report REPORT.json --settings SETTINGS.json --now 2025-10-24T07:00:00Z":
    PAYLOAD_ALL,
  "npm run payload -- ORDER.json [--report REPORT.json] [--settings SETTINGS.json] [--now ISO] [--explain]":
    PAYLOAD_ALL,
  "npm run payload -- --help": run("payload --help", /--explain/),
  "npm run payload -- --settings": PAYLOAD_ALL,
  "npm run payload -- --settings FILE": PAYLOAD_ALL,
  'npm run audit -- --orders orders.csv --events meta-export.csv --html report.html --agency "North Agency"':
    run(
      "audit --orders ORDERS.csv --events EVENTS.csv --html REPORT.html --agency North",
      /single purchases: 40/,
    ),
  "npm run audit -- --help": run("audit --help", /--orders/),

  "npm run ops -- …": run("ops", /rotate-key/),
  "npm run ops -- status": OPS_STATUS,
  "npm run ops -- status | retry | retry-filter | pause | resume | drain | sweep": OPS_STATUS,
  "npm run ops -- audit": run("ops audit", /"stores"/),
  "npm run ops -- retry --help": run("ops retry --help", /Usage: npm run ops -- retry/),
  "npm run ops": run("ops", /rotate-key/),
  "npm run ops -- retry --shop SHOP --delivery ID": {
    how: "long",
    help: ["ops", "retry", "--help"],
    names: /--delivery/,
  },
  "npm run ops -- seed": tested("tests/integration/seed-examples.test.ts", "writeExamples("),
  "npm run ops -- seed --shop NAME.myshopify.com": tested(
    "tests/integration/seed-examples.test.ts",
    "writeExamples(",
  ),
  "npm run ops -- seed --shop NAME.myshopify.com --remove": tested(
    "tests/integration/seed-examples.test.ts",
    "removeExamples(",
  ),
  "npm run ops -- pause": tested("tests/unit/commands.test.ts", '"pause"'),
  "npm run ops -- sweep": tested("tests/drill/stage.ts", '"scripts/ops.ts", "sweep"'),
  "npm run ops -- sweep --shop SHOP --from TIME": tested(
    "tests/drill/stage.ts",
    '"scripts/ops.ts", "sweep", "--shop", shop, "--from", from',
  ),
  "npm run ops -- rotate-key": tested(
    "tests/integration/security-key-rotation.test.ts",
    '"scripts/ops.ts", "rotate-key"',
  ),

  "node scripts/list-checks.ts": tested("tests/unit/audit-page.test.ts", "auditPage("),
  "node scripts/list-decisions.ts": tested("tests/unit/decisions.test.ts", "decisionsPage("),
  "node scripts/list-events.ts": tested("tests/unit/documented-commands.test.ts", "writeRegistry("),
  "node scripts/list-licences.ts": tested("tests/unit/supply-chain.test.ts", "licencesPage("),
  "node scripts/list-settings.ts": tested("tests/unit/settings.test.ts", "settingsPage("),
  "node scripts/phone-table.ts": tested("tests/orders/phones/phones.test.ts", "measureOwnCountry("),
  "npm run generate:admin-types": tested("tests/unit/admin-types.test.ts", "generate:admin-types"),

  "npm test": help("test"),
  "npm test -- unit": help("test", /unit/),
  "npm test -- integration": help("test", /integration/),
  "npm test -- browser": help("test", /browser/),
  "npm test -- neighbours": help("test", /neighbours/),
  "npm test -- texts languages": help("test", /path/),
  "npm test -- PART-OF-A-PATH": help("test", /path/),
  "npm run test:dates [-- DATE]": help("test:dates"),
  "npm run format": tested("scripts/test.ts", 'bin("prettier"), "--check"'),
  "npm run lint": tested("scripts/test.ts", "scripts/check-code.ts"),
  "npm run typecheck": tested("scripts/test.ts", "scripts/check-code.ts"),

  "npm ci": tested("scripts/smoke.ts", "file.build"),
  "npm run build": tested("tests/unit/operation.test.ts", '"npm run build"'),
  "npm start": tested("tests/unit/start-command.test.ts", 'scripts["start"]'),
  "WORKER=off npm start": tested("tests/drill/stage.ts", 'WORKER: "off"'),
  "npm run worker": tested("tests/unit/start-command.test.ts", 'scripts["worker"]'),
  "npm run demo": tested("tests/browser/demo-tour.test.ts", "scripts/tour/"),
  "npm run demo -- --plain": tested("tests/integration/demo-ends.test.ts", "--plain"),
  "npm run demo -- --history": help("demo", /--history/),
  "npm run demo -- --once": help("demo", /--once/),
  "npm run smoke": help("smoke"),
  "npm run outdated": help("outdated"),
  "npm run screenshots": help("screenshots"),
  "npm run screenshots [-- --listing]": help("screenshots", /--listing/),
  "npm run screenshots -- --language de": help("screenshots", /--language/),
  "npm run screenshots -- healthy": help("screenshots", /healthy/),
  "npm run screenshots -- --listing": help("screenshots", /--listing/),

  "npm run bench [-- NAME [NUMBER …]]": help("bench"),
  "npm run bench -- audit-files": bench("audit-files"),
  "npm run bench -- black-friday": bench("black-friday"),
  "npm run bench -- delivery": bench("delivery"),
  "npm run bench -- extensions": bench("extensions"),
  "npm run bench -- funnel": bench("funnel"),
  "npm run bench -- growth": bench("growth"),
  "npm run bench -- growth 10000 1000000": bench("growth"),
  "npm run bench -- http-intake": bench("http-intake"),
  "npm run bench -- intake": bench("intake"),
  "npm run bench -- mapping": bench("mapping"),
  "npm run bench -- pages": bench("pages"),
  "npm run bench -- retention": bench("retention"),
  "npm run bench -- soak": bench("soak"),
  "npm run bench -- storefront": bench("storefront"),

  "npm run drill": help("drill"),
  "npm run drill [-- NAME]": help("drill"),
  "npm run drill -- NAME": help("drill"),
  "npm run drill -- deploy": tested(PROCESS_DRILLS, "await deploy("),
  "npm run drill -- restore": tested("tests/integration/restore-drill.test.ts", "await restore("),
  "npm run drill -- fuzz": tested("tests/integration/security-drills.test.ts", "await fuzz("),
  "npm run drill -- leak-scan": tested("tests/integration/security-drills.test.ts", "await leakScan("),
  "npm run drill -- held-bodies": help("drill", /held-bodies/),

  "npm run dev": outside(SHOPIFY),
  "npx shopify app config link": outside(SHOPIFY),
  "npx shopify app deploy": outside(SHOPIFY),
  "npx shopify app versions list": outside(SHOPIFY),
  "shopify app deploy": outside(SHOPIFY),
  "shopify app dev": outside(SHOPIFY),
  "npm audit --omit=dev": outside("asks the registry of packages"),
  "npx prisma migrate diff": outside(
    "a first draft for a person; the migrations themselves are run by every test",
  ),
  "docker compose up --build": outside(
    "Docker; tests/unit/operation.test.ts reads compose.yaml, `npm run smoke` the Dockerfile",
  ),
  "openssl rand -base64 32": outside(
    "OpenSSL; the app judges the key that it is given (weak-key.server.test.ts)",
  ),
  'pg_dump --format=custom --file=BACKUP "$DATABASE_URL"': outside("PostgreSQL's own program"),
};
