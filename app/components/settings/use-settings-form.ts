import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

import { useTexts } from "../../texts/use-texts.ts";
import { changedSettings } from "../../conversions/settings/settings.ts";
import type { SettingsForm } from "../../stores/settings/store-settings.ts";
import type { SavedSettings, SettingsOutcome } from "./settings-values.ts";
import { useFocusOnError } from "../frame/use-focus-on-error.ts";
import { useToast } from "../frame/use-toast.ts";
import "../../texts/areas/settings.ts";

/**
 * The form's state. What is typed is let go only by Discard and by a save that succeeded: a refresh of the page's data,
 * a refusal, a lost connection or a save in another tab leave it as it is.
 */
export function useSettingsForm(loaded: SavedSettings) {
  const fetcher = useFetcher<SettingsOutcome>();
  const [base, setBase] = useState(loaded);
  const [values, setValues] = useState(loaded.values);
  const [answered, setAnswered] = useState<SettingsOutcome>();
  const [notice, setNotice] = useState<{ readonly text: string } | null>(null);
  const sent = useRef(values);
  const outcome = fetcher.data;
  useToast(notice);
  useFocusOnError(answered?.kind === "invalid" ? answered : undefined);
  const { t } = useTexts();

  useEffect(() => {
    if (!outcome) return;
    setAnswered(outcome);
    if (outcome.kind !== "saved") return;
    setBase({ version: outcome.settingsVersion, values: sent.current });
    setNotice({ text: t("settings.saved") });
  }, [outcome, t]);

  const isDirty = changedSettings(values, base.values).length > 0;
  const isSaving = fetcher.state !== "idle";
  return {
    values,
    isDirty,
    isSaving,
    errors: answered?.kind === "invalid" ? answered.errors : {},
    isStale: answered?.kind === "stale",
    /** Why nothing came of the last save, where no field is to blame. */
    problem: answered?.kind === "failed" ? answered.words : undefined,
    /** Saved by somebody else since this form was opened. */
    changedElsewhere: changedSettings(loaded.values, base.values),
    change: (some: Partial<SettingsForm>) => setValues((present) => ({ ...present, ...some })),
    save: () => {
      if (isSaving) return;
      sent.current = values;
      fetcher.submit(JSON.stringify({ ...values, settingsVersion: base.version }), {
        method: "post",
        encType: "application/json",
      });
    },
    discard: () => {
      setValues(base.values);
      setAnswered(undefined);
    },
    /** Shows what is saved now, in place of what was typed. */
    takeSaved: () => {
      setBase(loaded);
      setValues(loaded.values);
      setAnswered(undefined);
    },
    /** Keeps what was typed; the next save goes over what is saved now. */
    keepMine: () => {
      setBase(loaded);
      setAnswered(undefined);
    },
  };
}
