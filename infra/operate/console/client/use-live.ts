/** Keeps what the server says up to date: asks again and again while the page is looked at. */
import { useCallback, useEffect, useRef, useState } from "react";
import { read } from "./api.ts";

export interface Live<Answer> {
  /** What was said last, also while another path is being asked for. */
  data: Answer | undefined;
  error: string | undefined;
  /** True while `data` is not yet the answer to the current path. */
  isLoading: boolean;
  refresh: () => void;
}

/** @param everyMs undefined: asked once per path */
export function useLive<Answer>(path: string, everyMs?: number): Live<Answer> {
  const [answered, setAnswered] = useState<{ path: string; data?: Answer; error?: string }>();
  const refreshNow = useRef(() => {});

  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function ask() {
      clearTimeout(timer);
      try {
        const data = await read<Answer>(path, leaving.signal);
        setAnswered({ path, data });
      } catch (error) {
        if (leaving.signal.aborted) return;
        const said = error instanceof Error ? error.message : "Something went wrong.";
        setAnswered((before) => ({ ...(before?.path === path && before), path, error: said }));
      }
      if (!leaving.signal.aborted && everyMs !== undefined) timer = setTimeout(askIfSeen, everyMs);
    }

    function askIfSeen() {
      if (document.visibilityState === "visible") void ask();
      else timer = setTimeout(askIfSeen, everyMs);
    }

    refreshNow.current = () => void ask();
    void ask();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [path, everyMs]);

  const refresh = useCallback(() => refreshNow.current(), []);
  return { data: answered?.data, error: answered?.error, isLoading: answered?.path !== path, refresh };
}
