package opd.simulation.report;

import java.util.List;
import opd.simulation.day.DoctorDay;
import opd.simulation.day.Figures;
import org.jspecify.annotations.Nullable;

/// The picture of one doctor's day, ready to be written: numbers are coordinates in a picture
/// [TimeAxis#WIDTH] wide.
///
/// @param bottom where the rows end and the hours are written
record Timeline(
    DoctorDay doctor,
    List<TimeAxis.Tick> hours,
    List<Row> rows,
    List<Arrow> arrows,
    List<Mark> marks,
    List<Loss> losses,
    int bottom) {
  private static final int HOURS_HEIGHT = 16;

  int height() {
    return bottom + HOURS_HEIGHT;
  }

  /// Code and specialization, where they say more than the name.
  String subtitle() {
    boolean isCode = doctor.name().equals(doctor.code().value());
    return isCode ? "" : doctor.code().value() + ", " + doctor.specialization();
  }

  String summary() {
    Figures figures = doctor.figures();
    String waits =
        figures.waits().count() == 0
            ? ""
            : " Waits: median %s, longest %s."
                .formatted(
                    ReportPhrases.minutes(figures.waits().medianSeconds()),
                    ReportPhrases.minutes(figures.waits().longestSeconds()));
    return "%d requests, %d admitted, %d refused; %d displaced, %d reallocated; %d seen on %d places, %d no-shows.%s"
        .formatted(
            figures.requests(),
            figures.admitted(),
            figures.refused(),
            figures.displaced(),
            figures.reallocated(),
            figures.completed(),
            figures.places(),
            figures.noShow(),
            waits);
  }

  /// A slot, from the first place given to the last patient seen.
  ///
  /// @param y of its base line
  /// @param note what its time or end was like, or empty
  /// @param seats how many places, in words
  /// @param areas the fill level, each painted over the one before
  /// @param seen a path with a dash for each consultation, or empty
  record Row(
      int y,
      String start,
      String seats,
      String note,
      String title,
      Window planned,
      Window held,
      List<Area> areas,
      String seen) {}

  /// A stretch of time, as x and width.
  record Window(String x, String width) {}

  record Area(PriorityStyle look, String path) {}

  /// A way that a patient went; it leads to the row of the table that tells about it.
  ///
  /// @param anchor of that row
  record Arrow(String anchor, String path, End end, String title) {

    String marker() {
      return switch (end) {
        case PLACE -> "url(#place)";
        case NOTHING -> "url(#nothing)";
      };
    }

    /// Null for a line without gaps.
    @Nullable String dashes() {
      return switch (end) {
        case PLACE -> null;
        case NOTHING -> "2 2";
      };
    }
  }

  /// What stands at the end of an arrow.
  enum End {
    PLACE,
    NOTHING
  }

  /// The number of one loss, or of several, where their arrows begin.
  record Mark(String anchor, String x, String y, String text) {}

  /// A row of the table below the picture.
  ///
  /// @param doctor the anchor of another doctor who has the patient now, or empty
  record Loss(
      String anchor,
      int number,
      String at,
      String patient,
      String place,
      String next,
      String doctor) {}
}
