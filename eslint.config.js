// Lint carries two things that review would otherwise have to: the floors of the architecture (a room imports only
// from rooms below it) and the TypeScript rules that keep un-hashed values and unhandled promises from compiling.
import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import ts from "typescript-eslint";

/** Rooms of app/, highest floor first. A room may import itself and every room after it. */
export const FLOORS = [
  "routes",
  "components",
  "audit",
  "quality",
  "privacy",
  "delivery",
  "pairing",
  "stores",
  "meta",
  "conversions",
  "platform",
  "texts",
];

const forbid = (rooms, message) => ({ regex: `^(#app/|[./]+/)(.*/)?(${rooms.join("|")})/`, message });
const NO_SANDBOX = {
  regex: "^(#sandbox|#tests|[./]+/(sandbox|tests|scripts))/",
  message: "Production code does not know the sandbox.",
};

/** One block a room. meta/ and conversions/ stand side by side: neither imports the other. */
const floors = FLOORS.map((room, floor) => {
  const above = [...FLOORS.slice(0, floor), ...(room === "meta" ? ["conversions"] : [])];
  return {
    files: [`app/${room}/**/*.{ts,tsx}`],
    ignores: ["**/*.test.ts", "**/*.test.tsx"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            NO_SANDBOX,
            ...(above.length > 0 ? [forbid(above, `${room}/ may not import from a floor above it.`)] : []),
          ],
        },
      ],
    },
  };
});

export default ts.config(
  {
    ignores: [
      "build/",
      ".cache/",
      ".data/",
      ".shopify/",
      "coverage/",
      "extensions/*/assets/",
      "extensions/*/dist/",
      "screenshots/",
    ],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  {
    files: ["**/*.{ts,tsx,js,mjs}"],
    plugins: { "react-hooks": reactHooks },
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-invalid-void-type": "off",
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "no-console": "error",
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    ignores: ["extensions/**"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    files: ["app/conversions/**"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-globals": ["error", "fetch", "setTimeout"],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "conversions/ takes the time as an argument.",
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: "conversions/ takes the time as an argument.",
        },
      ],
    },
  },
  ...floors,
  {
    // The server's text and the browser's must be the same, whatever the versions of their locale data.
    files: ["app/components/**", "app/routes/*.tsx", "app/texts/**", "app/root.tsx"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-globals": ["error", { name: "Intl", message: "Write it by useFormat()." }],
      "no-restricted-properties": [
        "error",
        ...["toLocaleString", "toLocaleDateString", "toLocaleTimeString", "localeCompare"].map(
          (property) => ({
            property,
            message: "Write it by useFormat(); sort by code units.",
          }),
        ),
      ],
    },
  },
  {
    files: [
      "scripts/**",
      "sandbox/**",
      "bench/**",
      "tests/**",
      "extensions/**",
      "app/conversions/payload-command.ts",
    ],
    rules: { "no-console": "off" },
  },
);
