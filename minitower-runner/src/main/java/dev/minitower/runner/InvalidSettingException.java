package dev.minitower.runner;

/**
 * A setting that can't be used; the message is one line: the setting, its value, what is allowed.
 */
final class InvalidSettingException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidSettingException(String message) {
    super(message);
  }
}
