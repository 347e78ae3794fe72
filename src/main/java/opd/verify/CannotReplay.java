package opd.verify;

import org.jspecify.annotations.Nullable;

/// An entry that cannot follow those before it: what the chain tells after it means nothing.
final class CannotReplay extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String field;
  private final String expected;
  private final transient @Nullable Object found;

  /// @param field the column, the fact or `decision`
  CannotReplay(String field, String expected, @Nullable Object found) {
    super(field, null, false, false);
    this.field = field;
    this.expected = expected;
    this.found = found;
  }

  Difference in(LoggedEntry entry) {
    return Difference.in(entry, field, expected, found);
  }
}
