package opd.simulation.report;

import opd.domain.TokenPriority;

/// How a priority is painted: tones that can be told apart by the colour-blind and in print, and
/// that are seen on white and on black.
enum PriorityStyle {
  EMERGENCY("#d1382c"),
  PAID("#1d68ab"),
  FOLLOW_UP("#86a0b4");

  private final String colour;

  PriorityStyle(String colour) {
    this.colour = colour;
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

  String colour() {
    return colour;
  }
}
