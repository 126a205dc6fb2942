package dev.minitower.model.artifact;

import dev.minitower.model.api.ErrorCode;

/** An archive that is refused; the message is fit for its sender and names the entry at fault. */
public final class InvalidArtifactException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  InvalidArtifactException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  static InvalidArtifactException archive(String message) {
    return new InvalidArtifactException(ErrorCode.ARTIFACT_INVALID, message);
  }

  static InvalidArtifactException towerfile(String message) {
    return new InvalidArtifactException(ErrorCode.TOWERFILE_INVALID, message);
  }

  /** One of ARTIFACT_INVALID, TOWERFILE_MISSING and TOWERFILE_INVALID. */
  public ErrorCode code() {
    return code;
  }
}
