package dev.minitower.model.lifecycle;

import static dev.minitower.model.lifecycle.ErrorClass.INFRASTRUCTURE;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a runner's attempt came to its end. A result's {@code error_message} and a release's {@code
 * reason} begin with the code, so that it can be searched for and counted.
 */
public enum EndReason {
  /** The program exited by itself with another code than 0. */
  EXIT("exit", ErrorClass.USER),
  /** A signal ended the program, and the runner did not send it. */
  SIGNAL("signal", ErrorClass.USER),
  TIMEOUT("timeout", ErrorClass.TIMEOUT),
  CANCELLED("cancelled", null),
  /** The lease is over or was taken back. */
  LEASE_LOST("lease_lost", INFRASTRUCTURE),
  /** The dependencies can't be installed. */
  SETUP_FAILED("setup_failed", ErrorClass.USER),
  /** The archive is what was deployed and can't be unpacked or run. */
  ARTIFACT_INVALID("artifact_invalid", ErrorClass.USER),
  /** The archive is not what was deployed: its bytes don't match its hash. */
  ARTIFACT_DAMAGED("artifact_damaged", INFRASTRUCTURE),
  /** The input doesn't fit into an environment. */
  INPUT_TOO_LARGE("input_too_large", ErrorClass.USER),
  OUT_OF_MEMORY("out_of_memory", ErrorClass.USER),
  DISK_FULL("disk_full", INFRASTRUCTURE),
  NO_INTERPRETER("no_interpreter", INFRASTRUCTURE),
  /** The runner was told to stop before the program was through. */
  RUNNER_SHUTDOWN("runner_shutdown", INFRASTRUCTURE),
  /** The runner died and its next start found what was left. */
  RUNNER_RESTARTED("runner_restarted", INFRASTRUCTURE),
  RUNNER_ERROR("runner_error", INFRASTRUCTURE);

  private final String code;
  private final @Nullable ErrorClass errorClass;

  EndReason(String code, @Nullable ErrorClass errorClass) {
    this.code = code;
    this.errorClass = errorClass;
  }

  public String code() {
    return code;
  }

  /** Empty for what is no error. */
  public Optional<ErrorClass> errorClass() {
    return Optional.ofNullable(errorClass);
  }

  /** The reason as results and releases carry it. */
  public String message(String words) {
    return code + ": " + words;
  }
}
