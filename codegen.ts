/**
 * `npm run generate:admin-types`: types and checks of the Admin API's answers, from the operations in
 * `admin-operations.ts` and the schema that the sandbox answers by. Nothing is asked of the network. What it writes is
 * committed, so that a build needs none of this; a test compares it with what would be written now.
 */
import { ApiType, pluckConfig, preset } from "@shopify/api-codegen-preset";

/** The test writes elsewhere. */
const TO = process.env["ADMIN_TYPES_DIR"] ?? "app/stores/shopify/types";

/** The preset's first plugin writes lint waivers that name rules of a plugin that is not here; the plain one says the same. */
const operationTypes: typeof preset = {
  buildGeneratesSection: async (options) =>
    (await preset.buildGeneratesSection(options)).map((section) => ({
      ...section,
      plugins: [{ add: { content: "/* eslint-disable */" } }, ...section.plugins.slice(1)],
    })),
};

export default {
  schema: "sandbox/shopify/graphql/admin-2026-10.graphql",
  documents: ["app/stores/shopify/admin-operations.ts"],
  pluckConfig,
  generates: {
    [`${TO}/admin.types.d.ts`]: {
      plugins: ["typescript"],
      config: { enumsAsTypes: true, defaultScalarType: "string", scalars: { JSON: "unknown" } },
    },
    [`${TO}/admin.generated.d.ts`]: { preset: operationTypes, presetConfig: { apiType: ApiType.Admin } },
    [`${TO}/admin-answers.ts`]: { plugins: ["scripts/admin-answers-plugin.ts"] },
  },
};
