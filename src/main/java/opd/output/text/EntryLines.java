package opd.output.text;

import opd.domain.PlainText;
import opd.record.StoredEntry;

/// Entries of the audit log, a line each as they come, so that a log of any length can be followed.
/// On a narrow screen the last columns are missing, and on a very narrow one the ids.
final class EntryLines {
  private static final int ID = 5;
  private static final int KIND = 19;
  private static final int ABOUT = 21;
  private static final int RULE = 4;
  private static final int LEAST_TIME = 14;
  private static final int SHORTEST_ACTOR = 4;
  private static final String GAP = "  ";

  private final int width;
  private final Style style;
  private final ZoneText zone;

  EntryLines(int width, Style style, ZoneText zone) {
    this.width = width;
    this.style = style;
    this.zone = zone;
  }

  /// @param first of the entries
  String heading(StoredEntry first) {
    return style.quiet(line(first, "ID", heads(first), "KIND", "ABOUT", "RULE", "BY"));
  }

  String line(StoredEntry entry) {
    return line(
        entry,
        Long.toString(entry.id()),
        zone.second(entry.at()),
        entry.kind().toString(),
        about(entry),
        entry.rule() == null ? "" : entry.rule().toString(),
        PlainText.visible(entry.actor()));
  }

  private String heads(StoredEntry entry) {
    return "TIME (" + zone.name(entry.at()) + ")";
  }

  private String line(
      StoredEntry entry,
      String id,
      String time,
      String kind,
      String about,
      String rule,
      String actor) {
    int timeWidth = Math.max(LEAST_TIME, heads(entry).length());
    String what = padded(time, timeWidth) + GAP + padded(kind, KIND) + GAP + padded(about, ABOUT);
    int middle = timeWidth + KIND + ABOUT + 2 * GAP.length();
    boolean hasId = ID + GAP.length() + middle <= width;
    String start = hasId ? "%5s".formatted(id) + GAP + what : what;
    int rest = GAP.length() + RULE + GAP.length();
    int room = width - DisplayWidth.of(start) - rest;
    return (room < SHORTEST_ACTOR
            ? start
            : start + GAP + "%4s".formatted(rule) + GAP + DisplayWidth.shorten(actor, room))
        .stripTrailing();
  }

  private static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - text.length()));
  }

  private static String about(StoredEntry entry) {
    if (entry.token() != null) {
      return entry.token().toString();
    }
    return entry.slot() == null ? entry.chain() : entry.slot().toString();
  }
}
