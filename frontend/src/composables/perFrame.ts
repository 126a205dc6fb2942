/** Does it at once, but no more than once in a frame however often it is asked for. */
export function perFrame(update: () => void): () => void {
  let isDone = false
  let isAskedAgain = false

  function ask(): void {
    if (isDone) {
      isAskedAgain = true
      return
    }
    isDone = true
    update()
    requestAnimationFrame(nextFrame)
  }

  function nextFrame(): void {
    isDone = false
    if (isAskedAgain) {
      isAskedAgain = false
      ask()
    }
  }

  return ask
}
