/** For adapters that few requests need: a cold start does not wait for what the first such request loads. */
export function once<Adapter>(load: () => Promise<Adapter>): () => Promise<Adapter> {
  let loaded: Promise<Adapter> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
