package opd.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a command cannot go on from: an [ErrorCode], one clear sentence, and where it helps a hint
/// that says what to do next. Neither quotes a name or a phone number that the database reported.
public final class OpdException extends RuntimeException {
  private final ErrorCode code;
  private final @Nullable String hint;
  private final List<String> mistakes;

  /// An error that needs no hint.
  public OpdException(ErrorCode code, String message) {
    this(code, message, null, null);
  }

  /// An error with what to do about it.
  public OpdException(ErrorCode code, String message, String hint) {
    this(code, message, hint, null);
  }

  /// An error that another one caused.
  public OpdException(
      ErrorCode code, String message, @Nullable String hint, @Nullable Throwable cause) {
    this(code, message, hint, cause, List.of());
  }

  private OpdException(
      ErrorCode code,
      String message,
      @Nullable String hint,
      @Nullable Throwable cause,
      List<String> mistakes) {
    super(message, cause);
    this.code = code;
    this.hint = hint;
    this.mistakes = List.copyOf(mistakes);
  }

  /// Shorthand for the commonest error: a value that cannot be what it is meant to be.
  public static OpdException invalid(String message) {
    return new OpdException(ErrorCode.INVALID_INPUT, message);
  }

  /// Something with several mistakes, all of which are told.
  ///
  /// @param mistakes a phrase each
  public static OpdException invalid(String message, List<String> mistakes) {
    return new OpdException(ErrorCode.INVALID_INPUT, message, null, null, mistakes);
  }

  /// The code of the command line's contract, which gives the exit code.
  public ErrorCode code() {
    return code;
  }

  /// What to do about it, or null where the message says it all.
  public @Nullable String hint() {
    return hint;
  }

  /// The mistakes, for a line each; empty where the message says it all.
  public List<String> mistakes() {
    return mistakes;
  }

  /// One clear sentence; never null, unlike the general contract of exceptions.
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? code.name() : message;
  }
}
