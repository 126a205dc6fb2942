import { computed, onScopeDispose, ref, type MaybeRefOrGetter } from 'vue'
import { isAbort } from '@/api/errors'
import { useUploadVersion } from '@/queries/apps'

/** One upload at a time, with how far it is, and a way to stop it. */
export function useUpload(app: MaybeRefOrGetter<string>) {
  const { mutateAsync, data: version, error: failure, reset } = useUploadVersion(app)
  const isSending = ref(false)
  const sent = ref(0)
  const total = ref(0)
  let controller = new AbortController()

  async function send(file: File): Promise<void> {
    if (isSending.value) {
      return
    }
    isSending.value = true
    sent.value = 0
    total.value = file.size
    controller = new AbortController()
    const onProgress = (sentBytes: number, totalBytes: number) => {
      sent.value = sentBytes
      total.value = totalBytes
    }
    await mutateAsync({ file, onProgress, signal: controller.signal }).catch(() => null)
    isSending.value = false
  }

  const stop = () => controller.abort()
  onScopeDispose(stop)

  /** All of it has left: the server looks into it. */
  const isChecking = computed(() => isSending.value && total.value > 0 && sent.value >= total.value)
  const isStopped = computed(() => isAbort(failure.value))
  const error = computed(() => (isStopped.value ? null : failure.value))
  return { send, stop, reset, version, error, isSending, isChecking, isStopped, sent, total }
}
