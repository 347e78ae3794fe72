package opd.simulation.report;

import opd.domain.TokenPriority;

/// How a priority is painted: tones that can be told apart by the colour-blind and in print, and
/// that are seen on white and on black.
enum Look {
  EMERGENCY("emergency", "#d1382c"),
  PAID("paid", "#1d68ab"),
  FOLLOW_UP("follow-up", "#86a0b4");

  private final String words;
  private final String colour;

  Look(String words, String colour) {
    this.words = words;
    this.colour = colour;
  }

  static Look of(TokenPriority priority) {
    return switch (priority) {
      case EMERGENCY -> EMERGENCY;
      case PAID -> PAID;
      case FOLLOW_UP -> FOLLOW_UP;
    };
  }

  String words() {
    return words;
  }

  String colour() {
    return colour;
  }
}
