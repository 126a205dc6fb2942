export const runKeys = {
  all: ['runs'] as const,
  lists: () => [...runKeys.all, 'list'] as const,
  detail: (runId: number) => [...runKeys.all, 'detail', runId] as const,
}
