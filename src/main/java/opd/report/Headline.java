package opd.report;

import java.util.List;

/// A column of a report for people.
///
/// @param head short, so that all of them fit a screen
public record Headline(String head, Figure figure) {
  /// The columns by each grouping, the most important first.
  public static List<Headline> of(Grouping by) {
    return switch (by) {
      case ACTOR ->
          List.of(
              head("GIVEN", "admitted"),
              head("EMERG", "emergencies"),
              head("MEDIAN", "emergenciesMedian"),
              head("TOOK", "emergenciesDisplacing"),
              head("REASON", "emergenciesWithReason"),
              head("SEEN", "emergenciesCompleted"),
              head("NO-SH", "emergenciesNoShow"),
              head("CALLED", "called"),
              head("TURN", "callsOutOfTurn"));
      case DOCTOR, HOUR, WEEKDAY ->
          List.of(
              head("ASKED", "requests"),
              head("GIVEN", "admitted"),
              head("LOST", "displaced"),
              head("OWED", "stillOwed"),
              head("SEEN", "completed"),
              head("NO-SH", "noShow"),
              head("USED", "utilisationPercent"),
              head("WAIT", "waitSeconds.median"),
              head("90 %", "waitSeconds.p90"),
              head("<30", "within30Percent"),
              head("IDLE", "idleSeconds"));
      case PRIORITY, SOURCE ->
          List.of(
              head("ASKED", "requests"),
              head("GIVEN", "admitted"),
              head("AWAY", "turnedAway"),
              head("LOST", "displaced"),
              head("BACK", "reallocated"),
              head("OWED", "stillOwed"),
              head("SEEN", "completed"),
              head("NO-SH", "noShow"),
              head("WAIT", "waitSeconds.median"),
              head("90 %", "waitSeconds.p90"),
              head("<30", "within30Percent"));
    };
  }

  private static Headline head(String head, String figure) {
    return new Headline(head, FigureTable.named(figure));
  }
}
