package opd.simulation.report;

import opd.domain.TokenPriority;

/// How a priority is painted: by colour, by lightness and by a pattern, so that it can be told by
/// the colour-blind and in grey print, on white and on black.
enum PriorityStyle {
  EMERGENCY("#b92d22", ""),
  PAID("#2f7ac0", "M-1 1L1 -1M0 4L4 0M3 5L5 3"),
  FOLLOW_UP("#a9bccb", "");

  private final String colour;
  private final String strokes;

  PriorityStyle(String colour, String strokes) {
    this.colour = colour;
    this.strokes = strokes;
  }

  static PriorityStyle of(TokenPriority priority) {
    return switch (priority) {
      case EMERGENCY -> EMERGENCY;
      case PAID -> PAID;
      case FOLLOW_UP -> FOLLOW_UP;
    };
  }

  String words() {
    return ReportPhrases.of(this);
  }

  /// Of the pattern in the page.
  String id() {
    return "band" + ReportPhrases.of(this).replace("-", "");
  }

  /// What to fill an area with.
  String paint() {
    return "url(#" + id() + ")";
  }

  /// White lines of the pattern, as the data of a path; empty for none.
  String strokes() {
    return strokes;
  }

  String colour() {
    return colour;
  }
}
