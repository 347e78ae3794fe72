package opd.output.text;

import opd.decision.ServingDecision;
import opd.domain.PlainText;
import opd.domain.Serving;
import opd.domain.Token;

/// Who is here, called or away, in a word or two.
final class ServingText {
  private ServingText() {}

  /// A room as people say it: most are named by a number alone.
  static String room(String name) {
    String shown = PlainText.visible(name);
    return Character.isLetter(name.codePointAt(0)) ? shown : "room " + shown;
  }

  static String state(Token token) {
    Serving serving = token.serving();
    if (serving.isCalled()) {
      return "CALLED" + (serving.room() == null ? "" : " to " + room(serving.room()));
    }
    if (serving.isParked()) {
      return "AWAY";
    }
    return ServingDecision.hasArrived(token) ? "HERE" : "WAITING";
  }

  /// With the time since when it is so.
  static String since(Token token, ZoneText zone) {
    Serving serving = token.serving();
    if (serving.isCalled()) {
      String to = serving.room() == null ? "" : " to " + room(serving.room());
      return "called " + zone.time(serving.calledAt()) + to;
    }
    if (serving.isParked()) {
      return "away " + zone.time(serving.parkedAt());
    }
    if (serving.arrivedAt() != null) {
      return "here " + zone.time(serving.arrivedAt());
    }
    return ServingDecision.hasArrived(token) ? "here" : "";
  }
}
