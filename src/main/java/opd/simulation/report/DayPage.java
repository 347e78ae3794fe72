package opd.simulation.report;

import java.util.List;
import opd.simulation.day.DayResult;
import org.jspecify.annotations.Nullable;

/// What the template of the page is given.
///
/// @param command that plays the same day again
/// @param generated null when only the scripted steps were played
record DayPage(DayResult day, String command, PageParts parts, @Nullable Generated generated) {

  /// The generated part of the day.
  ///
  /// @param moments what the slider needs, as JSON that is safe within a script element
  record Generated(
      List<FiguresRow> byPriority,
      List<FiguresRow> byDoctor,
      List<Timeline> timelines,
      String moments) {
    private static final int FEW = 20;

    /// Whether the tables below the pictures are open at first.
    boolean isSmall() {
      return timelines.size() <= FEW;
    }
  }

  static DayPage of(DayResult day, String command) {
    return new DayPage(day, command, PageParts.read(), generated(day));
  }

  private static @Nullable Generated generated(DayResult day) {
    return day.generated() == null
        ? null
        : new Generated(
            FiguresRow.byPriority(day.generated()),
            FiguresRow.byDoctor(day.generated()),
            Timelines.of(day.generated()),
            SliderData.json(day.generated()));
  }

  String title() {
    return "A simulated outpatient day, " + ReportPhrases.day(day.date());
  }

  /// The zone that all times of the page are of.
  String zone() {
    return day.zone().getId();
  }

  String verdict() {
    return day.ok()
        ? "All %d checks passed".formatted(day.passedChecks())
        : "%d of %d checks failed"
            .formatted(day.failedChecks(), day.failedChecks() + day.passedChecks());
  }
}
