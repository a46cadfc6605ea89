import { useRevalidator } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useRef, useState, type ChangeEvent } from "react";

import type { FileTaken } from "../../audit/reconcile/take-received-file.server.ts";
import type { Reconciliation } from "../../audit/reconcile/read-reconciliation.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/reconcile.ts";

/** As the server bounds it: a larger file is not sent at all. */
const MOST_BYTES = 5 * 1024 * 1024;

type Answer = Exclude<FileTaken, { readonly kind: "not_found" }>;

/** Takes Meta's own count from a file; what is wrong with it stands beside the field. */
export function UploadCard({ report }: { report: Reconciliation }) {
  const { t } = useTexts();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLDivElement>(null);
  const { revalidate } = useRevalidator();
  const [state, setState] = useState<{ readonly busy: boolean; readonly answer: Answer | null }>({
    busy: false,
    answer: null,
  });
  const send = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    // The same file again, mended, is a change, too.
    event.target.value = "";
    if (!file || report.dataset === null) return;
    setState({ busy: true, answer: null });
    const answer = await upload(file, report.dataset, {
      tooLarge: t("reconcile.upload.tooLarge"),
      noAnswer: t("errors.noAnswer"),
    });
    setState({ busy: false, answer });
    if (answer.kind === "taken") revalidate();
    else button.current?.querySelector("button")?.focus();
  };
  const { answer } = state;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("reconcile.upload.title")}
        </Text>
        <Text as="p" tone="subdued">
          {t("reconcile.upload.text")}
        </Text>
        <BlockStack gap="100">
          <Text as="p" fontWeight="medium" id="upload-label">
            {t("reconcile.upload.field")}
          </Text>
          <input
            ref={input}
            type="file"
            hidden
            accept=".csv,.json,.jsonl,.ndjson,.txt,text/csv,application/json"
            onChange={(event) => void send(event)}
          />
          <div ref={button}>
            <InlineStack gap="300" blockAlign="center">
              <Button
                onClick={() => input.current?.click()}
                loading={state.busy}
                disabled={report.dataset === null}
                ariaDescribedBy="upload-answer"
              >
                {t("reconcile.upload.choose")}
              </Button>
              <Text as="span" tone="subdued">
                {t(report.dataset === null ? "reconcile.upload.noDataset" : "reconcile.upload.help")}
              </Text>
            </InlineStack>
          </div>
          <div id="upload-answer" role="status">
            {state.busy ? <span className="tandem-hidden">{t("reconcile.upload.reading")}</span> : null}
            {answer === null ? null : (
              <Text as="p" tone={answer.kind === "problem" ? "critical" : "success"} breakWord>
                {answer.kind === "problem"
                  ? answer.words
                  : t("reconcile.upload.done", {
                      count: answer.purchases,
                      number: format.number(answer.purchases),
                      days: format.number(answer.days),
                      from: format.day(answer.from),
                      to: format.day(answer.to),
                    })}
              </Text>
            )}
          </div>
        </BlockStack>
        {report.uploadedAt === null ? null : (
          <Text as="p" tone="subdued">
            {t("reconcile.upload.last", {
              at: format.dateTime(report.uploadedAt),
              zone: format.timeZoneName,
            })}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

/** The bytes as they are: what encoding they are in, the server finds out. */
async function upload(
  file: File,
  dataset: string,
  words: { readonly tooLarge: string; readonly noAnswer: string },
): Promise<Answer> {
  if (file.size > MOST_BYTES) return { kind: "problem", words: words.tooLarge };
  try {
    const query = new URLSearchParams({ dataset, name: file.name });
    const response = await fetch(`/app/audit/orders/upload?${query.toString()}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: file,
    });
    if (!response.ok) return { kind: "problem", words: words.noAnswer };
    return (await response.json()) as Answer;
  } catch {
    return { kind: "problem", words: words.noAnswer };
  }
}
