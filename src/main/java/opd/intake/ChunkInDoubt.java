package opd.intake;

import java.util.function.Supplier;
import opd.domain.ErrorCode;
import opd.domain.OpdException;

/// A chunk of a list of which nobody knows whether it was stored. No line is decided twice, so what
/// helps is the whole list once more, and not one request's id.
final class ChunkInDoubt {
  static final String HINT =
      "give the same command again: it goes on from there, decides no line twice, and prints the"
          + " results of all";

  private ChunkInDoubt() {}

  /// @throws OpdException as the deciding does; with this hint where it is OUTCOME_UNKNOWN
  static <T> T decided(Supplier<T> deciding) {
    try {
      return deciding.get();
    } catch (OpdException e) {
      throw e.code() == ErrorCode.OUTCOME_UNKNOWN
          ? new OpdException(e.code(), e.getMessage(), HINT, e)
          : e;
    }
  }
}
