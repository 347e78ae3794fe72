package opd.verify;

import org.jspecify.annotations.Nullable;

/// Something that is not as it must be: in an entry of the log, in a row of a table, or in a stored
/// outcome. No name and no phone number is in it.
///
/// @param entry the id of the entry concerned, or null when it is about something else
/// @param chain the chain concerned, as `slot/2`, or null
/// @param number of the entry in its chain, or null
/// @param row what else is concerned, as `token 7` or `request 4f…`, or null
/// @param field what of it differs, as `hash` or `facts.active`
/// @param expected what the log, run again, gives; null for nothing
/// @param found null for nothing
public record Difference(
    @Nullable Long entry,
    @Nullable String chain,
    @Nullable Long number,
    @Nullable String row,
    String field,
    @Nullable String expected,
    @Nullable String found) {

  static Difference in(
      LoggedEntry entry, String field, @Nullable Object expected, @Nullable Object found) {
    return new Difference(
        entry.id(), entry.chain(), entry.number(), null, field, text(expected), text(found));
  }

  /// @param chain that the row belongs to
  public static Difference inRow(
      @Nullable String chain,
      String row,
      String field,
      @Nullable Object expected,
      @Nullable Object found) {
    return new Difference(null, chain, null, row, field, text(expected), text(found));
  }

  /// About an entry that should be there.
  static Difference missing(String chain, long number, String expected) {
    return new Difference(null, chain, number, null, "entry", expected, null);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
