import { useFetcher, useNavigate } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

import type { ChannelOutcome } from "../../admin/act-on-alerts.server.ts";
import type { ChannelForm } from "../../alerts/channels/channel-form.ts";
import { useTexts } from "../../texts/use-texts.ts";
import type { SaveFailed } from "../frame/keep-form.ts";
import { useFocusOnError } from "../frame/use-focus-on-error.ts";
import { useToast } from "../frame/use-toast.ts";
import "../../texts/areas/alerts.ts";

export interface LoadedChannel {
  /** Null for a new one. */
  readonly id: string | null;
  readonly version: number;
  /** What is shown of the address; null for a new one, and where it cannot be read any more. */
  readonly name: string | null;
  readonly hasMail: boolean;
  readonly form: ChannelForm;
}

/** The form's state. What is typed is let go only by Discard and by a save that succeeded. */
export function useChannelForm(loaded: LoadedChannel) {
  const fetcher = useFetcher<ChannelOutcome | SaveFailed>();
  const navigate = useNavigate();
  const { t } = useTexts();
  const [base, setBase] = useState({ version: loaded.version, values: loaded.form });
  const [values, setValues] = useState(loaded.form);
  const [answered, setAnswered] = useState<ChannelOutcome | SaveFailed>();
  const [secret, setSecret] = useState<string>();
  const [notice, setNotice] = useState<{ readonly text: string } | null>(null);
  const sent = useRef<ChannelForm | null>(null);
  const outcome = fetcher.data;
  const isNew = loaded.id === null;
  useToast(notice);
  useFocusOnError(answered?.kind === "invalid" ? answered : undefined);

  useEffect(() => {
    if (!outcome) return;
    setAnswered(outcome);
    if (outcome.kind !== "saved") return;
    const saved = sent.current;
    // A webhook's address never comes back to the page.
    const kept = saved && saved.kind === "webhook" ? { ...saved, target: "" } : saved;
    setBase((present) => ({ version: outcome.version, values: kept ?? present.values }));
    if (kept) setValues(kept);
    if (outcome.secret !== null) setSecret(outcome.secret);
    setNotice({ text: t("alerts.form.saved") });
    if (isNew && outcome.secret === null) navigate("/app/alerts");
  }, [outcome, t, isNew, navigate]);

  const isSaving = fetcher.state !== "idle";
  const submit = (body: object) => {
    if (!isSaving) fetcher.submit(JSON.stringify(body), { method: "post", encType: "application/json" });
  };
  return {
    values,
    isDirty: FIELDS.some((name) => values[name] !== base.values[name]),
    isSaving,
    errors: answered?.kind === "invalid" ? answered.errors : {},
    isStale: answered?.kind === "stale",
    /** Why nothing came of the last save, where no field is to blame. */
    problem: problemOf(answered),
    /** A signing secret that was made just now. */
    secret,
    /** A new channel was saved: there is nothing more to enter. */
    isAdded: isNew && answered?.kind === "saved",
    change: (some: Partial<ChannelForm>) => setValues((present) => ({ ...present, ...some })),
    save: () => {
      sent.current = values;
      submit({ values, version: base.version });
    },
    remove: () => submit({ intent: "remove" }),
    renewSecret: () => {
      sent.current = null;
      submit({ intent: "secret", version: base.version });
    },
    /** Shows what is saved now, in place of what was typed; a save elsewhere has loaded it. */
    takeSaved: () => {
      setBase({ version: loaded.version, values: loaded.form });
      setValues(loaded.form);
      setAnswered(undefined);
    },
    /** Keeps what was typed; the next save goes over what is saved now. */
    keepMine: () => {
      setBase({ version: loaded.version, values: loaded.form });
      setAnswered(undefined);
    },
    discard: () => {
      setValues(base.values);
      setAnswered(undefined);
    },
  };
}

export type ChannelFormState = ReturnType<typeof useChannelForm>;

const FIELDS = [
  "kind",
  "target",
  "severity",
  "tellMended",
  "quiet",
  "quietFrom",
  "quietUntil",
  "criticalPasses",
  "groupMinutes",
] as const satisfies readonly (keyof ChannelForm)[];

function problemOf(answered: ChannelOutcome | SaveFailed | undefined): string | undefined {
  if (answered?.kind === "failed") return answered.words;
  return answered?.kind === "invalid" ? answered.errors.form : undefined;
}
