/** Why these can't be an artifact; what is inside is for the server to judge. */
export function choiceProblem(files: readonly { name: string }[]): string | undefined {
  if (files.length === 0) {
    return 'That was no file. Pack a folder with minitower-cli package first.'
  }
  if (files.length > 1) {
    return `Those were ${files.length} files. An artifact is one .tar.gz.`
  }
  return /\.(tar\.gz|tgz)$/i.test(files[0]?.name ?? '')
    ? undefined
    : `${files[0]?.name} is no .tar.gz. Make one with minitower-cli package.`
}
