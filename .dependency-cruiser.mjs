/**
 * Which file may import which. app/'s modules stand in an order (docs/architecture.md): each imports only from those after
 * it. `npm test` and `npm run lint` check every file.
 */
const MODULES = [
  "routes",
  "components",
  "admin",
  "alerts",
  "audit",
  "quality",
  "privacy",
  "funnel",
  "delivery",
  "pairing",
  "intake",
  "stores",
  "meta",
  "conversions",
  "platform",
  "texts",
];

const TESTS = "\\.test\\.tsx?$";

const order = MODULES.slice(1).map((module, index) => ({
  name: `order-of-${module}`,
  severity: "error",
  comment: `${module}/ may not import from a module that stands before it.`,
  from: { path: `^app/${module}/`, pathNot: TESTS },
  to: { path: `^app/(${MODULES.slice(0, index + 1).join("|")})/` },
}));

/** Node's and other packages that open connections; which of our files may, a person has read (tests/unit/outbound.test.ts). */
const REACHES_OUT =
  "^(node:)?(https?|net|tls|dns|dgram|http2|child_process)(/|$)|node_modules/(undici|pg|ws|axios|got|nodemailer)/";

export default {
  forbidden: [
    ...order,
    {
      name: "put-together-once",
      severity: "error",
      comment: "What stands loose in app/ puts the app together; nothing below it may know it.",
      from: { path: "^app/[^/]+/", pathNot: ["^app/routes/app\\.tsx$", TESTS] },
      to: { path: "^app/[^/]+$", pathNot: "\\.css$" },
    },
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "production-alone",
      severity: "error",
      comment: "Production code knows neither the sandbox nor tests nor scripts.",
      from: { path: "^(app/|extensions/|server\\.ts$)", pathNot: TESTS },
      to: { path: "^(sandbox|tests|scripts|bench)/" },
    },
    {
      name: "sandbox-apart",
      severity: "error",
      comment:
        "The sandbox plays Shopify and Meta: what it knows of them is its own, or it would agree with our mistakes.",
      from: { path: "^sandbox/", pathNot: TESTS },
      to: { path: "^(app|tests|scripts|bench)/" },
    },
    {
      name: "extensions-apart",
      severity: "error",
      comment: "What runs in a buyer's browser imports nothing of the server.",
      from: { path: "^extensions/", pathNot: TESTS },
      to: { path: "^(app|server\\.ts)" },
    },
    {
      name: "scripts-on-top",
      severity: "error",
      from: { path: "^(app|sandbox|extensions|tests)/", pathNot: ["^tests/", TESTS] },
      to: { path: "^(scripts|bench)/" },
    },
    {
      name: "connections",
      severity: "error",
      comment: "A new file that opens connections has to be read by a person first: add it here.",
      from: {
        path: "^app/",
        pathNot: [
          TESTS,
          "^app/alerts/channels/(public|webhook)-address\\.ts$",
          "^app/alerts/send/send-(mail|webhook)\\.server\\.ts$",
          "^app/meta/graph-client\\.server\\.ts$",
          "^app/platform/http/(client-address|http-server\\.server)\\.ts$",
          "^app/platform/database/(database|direct-statements|listen-on-server)\\.server\\.ts$",
          "^app/conversions/customer/client-details\\.ts$",
        ],
      },
      to: { path: REACHES_OUT, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "declared",
      severity: "error",
      comment: "A package that package.json does not name.",
      from: { path: "^(app|extensions|sandbox|scripts|bench|server\\.ts)" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "found",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^virtual:" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|\\.cache)/|/dist/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
