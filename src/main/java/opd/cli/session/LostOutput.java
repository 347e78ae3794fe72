package opd.cli.session;

import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.RequestId;
import org.jspecify.annotations.Nullable;

/// What to say when a result could not be written to standard output: a full disk behind it, or a
/// program that reads no more.
public final class LostOutput {
  private static final String UNKNOWN_REASON = "it takes nothing more";

  private LostOutput() {}

  /// The error of a command that is over, or empty where all of its results were written, or where
  /// it stored no outcome and its reader has seen enough.
  ///
  /// @param stored the request whose outcome was stored, or null when none was
  public static Optional<OpdException> of(Surroundings surroundings, @Nullable RequestId stored) {
    if (!surroundings.out().checkError()) {
      return Optional.empty();
    }
    if (stored != null) {
      return Optional.of(
          new OpdException(
              ErrorCode.OUTCOME_UNKNOWN,
              "it was decided and stored, but the result is lost or not whole: "
                  + cannotBeWritten(surroundings),
              "repeat the command with --request-id "
                  + stored
                  + ": it does not happen twice, and prints the result"));
    }
    return surroundings.out().isReaderGone()
        ? Optional.empty()
        : Optional.of(
            new OpdException(
                ErrorCode.INTERNAL,
                cannotBeWritten(surroundings),
                "make room, or let it go elsewhere; what the command did besides printing is done"));
  }

  /// The error of a list that must not go on, as nobody would know what became of its lines.
  public static OpdException ofList(Surroundings surroundings) {
    return new OpdException(
        ErrorCode.OUTCOME_UNKNOWN,
        "stopped: results are lost, of lines that may have been decided and stored: "
            + cannotBeWritten(surroundings),
        "make room, or let it go elsewhere, then give the same command again: it goes on from there, decides no line twice,"
            + " and prints the results of all");
  }

  private static String cannotBeWritten(Surroundings surroundings) {
    String reason = surroundings.out().reason().orElse(UNKNOWN_REASON);
    return "standard output cannot be written: " + PlainText.visible(reason);
  }
}
