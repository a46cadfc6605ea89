// Lint carries two things that review would otherwise have to: the floors of the architecture (a room imports only
// from rooms below it) and the TypeScript rules that keep un-hashed values and unhandled promises from compiling.
import js from "@eslint/js";
import { importX } from "eslint-plugin-import-x";
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
];

/** meta/ and conversions/ stand side by side: neither imports the other, nor anything but platform/. */
const zones = FLOORS.flatMap((room, floor) => {
  const above = FLOORS.slice(0, floor).map((upper) => `./app/${upper}`);
  const forbidden = room === "meta" ? [...above, "./app/conversions"] : above;
  return [
    ...(forbidden.length > 0
      ? [
          {
            target: `./app/${room}`,
            from: forbidden,
            message: `${room}/ may not import from a floor above it.`,
          },
        ]
      : []),
    {
      target: `./app/${room}`,
      from: ["./sandbox", "./tests", "./scripts"],
      message: "Production code does not know the sandbox.",
    },
  ];
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
    plugins: { "import-x": importX, "react-hooks": reactHooks },
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
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
