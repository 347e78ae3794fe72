package opd.report;

import java.util.OptionalLong;

/// A figure of a report: what it is called, what it means, and how it is worked out.
///
/// @param name as JSON and CSV write it; a dot leads into an object
/// @param words as people say it
/// @param isOfSlots whether it is of slots as wholes, and has no value for a priority, a source or
///   an actor
/// @param definition numerator and denominator, in a sentence
public record Figure(
    String name, String words, Unit unit, boolean isOfSlots, String definition, Formula formula) {

  /// What a value stands for.
  public enum Unit {
    COUNT,
    /// The value is in tenths.
    PERCENT,
    MINUTES,
    SECONDS,
    /// From 0 to 23 on the facility's clock.
    HOUR
  }

  OptionalLong value(Tally tally, Tally.Levers levers) {
    return formula.value(tally, levers);
  }
}
