/** Keeps what the server says up to date: asks again and again while the page is looked at. */
import { keepPreviousData, QueryClient, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { read } from "./api.ts";

/** A server that is away is asked again at the next turn; on this machine there is no network that could be away. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, networkMode: "always", placeholderData: keepPreviousData } },
});

export interface Live<Answer> {
  /** What was said last, also while another path is being asked for, or nobody answers. */
  data: Answer | undefined;
  /** When `data` was said, milliseconds since 1970. */
  saidAt: number;
  error: string | undefined;
  /** True while `data` is not yet the answer to the current path. */
  isLoading: boolean;
  refresh: () => void;
}

type EveryMs<Answer> = number | ((last: Answer | undefined) => number | undefined);

/** @param everyMs undefined: asked once per path */
export function useLive<Answer>(path: string, everyMs?: EveryMs<Answer>): Live<Answer> {
  const { data, dataUpdatedAt, error, isPlaceholderData, isPending, refetch } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => read<Answer>(path, signal),
    refetchInterval:
      typeof everyMs === "function" ? ({ state }) => everyMs(state.data) ?? false : (everyMs ?? false),
  });
  const refresh = useCallback(() => void refetch(), [refetch]);
  return {
    data,
    saidAt: dataUpdatedAt,
    error: error?.message,
    isLoading: isPlaceholderData || isPending,
    refresh,
  };
}
