package opd.output.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import opd.decision.TokenView;
import opd.domain.Inputs;
import opd.domain.Patient;
import opd.domain.PlainText;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.service.QueueService.SlotQueue;
import org.jspecify.annotations.Nullable;

/// A screen full of queues. What has just changed is marked by an arrow, and not by colour alone.
///
/// @param isLarge whether numbers and times are drawn large enough for a waiting room
public record Board(boolean isLarge, Style style, ZoneText zone) {
  private static final String CHANGED = "» ";
  private static final String UNCHANGED = "  ";
  private static final String MORE =
      "… more than fits: narrow it with --doctor, or enlarge the window";
  // A number of up to three digits, two spaces, and a time.
  private static final int LARGEST_TEXT = 10;
  private static final int CAPTION_ROWS = 2;
  // Of a wide screen, what does not fit below stands beside it.
  private static final int NARROWEST_COLUMN = 80;
  private static final String BETWEEN_COLUMNS = "  ";
  // How long a page stays.
  private static final int SECONDS_EACH = 8;

  /// What the board shows.
  ///
  /// @param title the facility and what of it is shown
  /// @param changes since the queues were shown last
  public record Content(
      String title,
      List<SlotQueue> queues,
      BoardChanges changes,
      Instant now,
      boolean isConnected) {}

  /// Its text before it is cut to the width and coloured.
  private record Line(String text, UnaryOperator<String> style) {
    static Line plain(String text) {
      return new Line(text, UnaryOperator.identity());
    }
  }

  /// At most so many lines, none wider than the screen: who is called now, and then the queues,
  /// those that do not fit page after page.
  public List<String> lines(Content content, int columns, int rows) {
    List<SlotQueue> shown = shown(content);
    List<Line> now = nowServing(shown, content.changes(), columns, rows);
    List<List<String>> pages =
        pages(shown, content.changes(), columns, Math.max(1, rows - 1 - now.size()));
    int page = Math.floorMod(content.now().getEpochSecond() / SECONDS_EACH, pages.size());
    List<String> lines = new ArrayList<>();
    lines.add(drawn(header(content, page, pages.size(), columns), columns));
    now.forEach(line -> lines.add(drawn(line, columns)));
    lines.addAll(pages.get(page));
    return lines;
  }

  private static String drawn(Line line, int columns) {
    return line.style().apply(DisplayWidth.shorten(line.text(), columns));
  }

  private List<List<String>> pages(
      List<SlotQueue> shown, BoardChanges changes, int columns, int rows) {
    List<List<Line>> whole = pages(sections(shown, changes, columns, rows), rows);
    int half = (columns - BETWEEN_COLUMNS.length()) / 2;
    if (whole.size() > 1 && !isLarge && half >= NARROWEST_COLUMN) {
      return beside(pages(sections(shown, changes, half, rows), rows), half);
    }
    return whole.stream()
        .map(page -> page.stream().map(line -> drawn(line, columns)).toList())
        .toList();
  }

  /// Each page with the one after it at its right.
  private static List<List<String>> beside(List<List<Line>> halves, int width) {
    List<List<String>> pages = new ArrayList<>();
    for (int first = 0; first < halves.size(); first += 2) {
      List<Line> left = halves.get(first);
      List<Line> right = first + 1 < halves.size() ? halves.get(first + 1) : List.of();
      List<String> page = new ArrayList<>();
      for (int row = 0; row < Math.max(left.size(), right.size()); row++) {
        Line one = row < left.size() ? left.get(row) : Line.plain("");
        Line other = row < right.size() ? right.get(row) : Line.plain("");
        int used = DisplayWidth.of(DisplayWidth.shorten(one.text(), width));
        String gap = other.text().isEmpty() ? "" : " ".repeat(width - used) + BETWEEN_COLUMNS;
        page.add(drawn(one, width) + gap + drawn(other, width));
      }
      pages.add(page);
    }
    return pages;
  }

  private List<List<Line>> sections(
      List<SlotQueue> shown, BoardChanges changes, int columns, int rows) {
    int waited = (int) shown.stream().filter(queue -> !queue.tokens().isEmpty()).count();
    Room room = Room.of(columns, rows - shown.size(), Math.max(1, waited));
    List<List<Line>> sections = new ArrayList<>();
    for (SlotQueue queue : shown) {
      List<Line> section = new ArrayList<>(List.of(heading(queue, changes)));
      section.addAll(isLarge ? large(queue, changes, room) : table(queue, changes, columns));
      sections.add(section);
    }
    if (shown.isEmpty()) {
      sections.add(List.of(Line.plain(UNCHANGED + "No slots.")));
    }
    return sections;
  }

  /// Of a whole day, what is over only takes room; who still waits in a slot past its end stands
  /// last.
  private static List<SlotQueue> shown(Content content) {
    if (content.queues().size() == 1) {
      return content.queues();
    }
    return content.queues().stream()
        .filter(queue -> queue.slot().status().isOpen())
        .filter(queue -> !isOver(queue, content.now()) || !queue.tokens().isEmpty())
        .sorted(Comparator.comparing(queue -> isOver(queue, content.now())))
        .toList();
  }

  private static boolean isOver(SlotQueue queue, Instant now) {
    return queue.slot().hasEnded(now);
  }

  private List<Line> nowServing(
      List<SlotQueue> shown, BoardChanges changes, int columns, int rows) {
    List<Token> called = NowServing.called(shown);
    // In a small window the queues say it, too.
    if (called.isEmpty() || rows < 3 * NowServing.ROWS) {
      return List.of();
    }
    int scale = isLarge ? Math.max(1, rows / (4 * BigDigits.ROWS)) : 1;
    boolean isNew = called.stream().anyMatch(changes::concern);
    UnaryOperator<String> look = isNew ? style::good : style::strong;
    String mark = isNew ? CHANGED : UNCHANGED;
    List<Line> lines = new ArrayList<>();
    NowServing.lines(called, columns - mark.length(), scale)
        .forEach(text -> lines.add(new Line(mark + text, look)));
    lines.add(Line.plain(""));
    return lines;
  }

  /// Each slot whole where it fits.
  private List<List<Line>> pages(List<List<Line>> sections, int rows) {
    List<List<Line>> pages = new ArrayList<>();
    List<Line> page = new ArrayList<>();
    for (List<Line> section : sections) {
      // The empty line after the last slot may be missing.
      if (!page.isEmpty() && page.size() + section.size() - 1 > rows) {
        pages.add(page);
        page = new ArrayList<>();
      }
      page.addAll(section);
      if (page.size() > rows) {
        boolean isCut = page.size() > rows + 1 || !page.getLast().text().isEmpty();
        page = new ArrayList<>(page.subList(0, rows));
        if (isCut) {
          page.set(rows - 1, new Line(UNCHANGED + MORE, style::quiet));
        }
      }
    }
    pages.add(page);
    return pages;
  }

  private Line header(Content content, int page, int pages, int columns) {
    String state = content.isConnected() ? "live" : "CONNECTION LOST";
    String which = pages == 1 ? "" : "%d/%d  ".formatted(page + 1, pages);
    String corner =
        "%s%s  %s %s".formatted(which, state, zone.time(content.now()), zone.name(content.now()));
    int room = Math.max(0, columns - DisplayWidth.of(corner) - 2);
    Instant day =
        content.queues().isEmpty() ? content.now() : content.queues().getFirst().slot().start();
    String full = UNCHANGED + content.title() + "  " + zone.day(day);
    String title = DisplayWidth.shorten(full, room);
    String gap = " ".repeat(Math.max(2, columns - DisplayWidth.of(title + corner)));
    return new Line(title + gap + corner, content.isConnected() ? style::strong : style::bad);
  }

  private Line heading(SlotQueue queue, BoardChanges changes) {
    Slot slot = queue.slot();
    String status = slot.status() == SlotStatus.SCHEDULED ? "" : "  " + SlotTable.status(slot);
    String text =
        "%s  %s  %d of %d taken%s"
            .formatted(
                slot.label(),
                zone.times(slot.start(), slot.end()),
                slot.counts().active(),
                slot.capacity(),
                status);
    return changes.concern(queue.slot())
        ? new Line(CHANGED + text, style::changed)
        : new Line(UNCHANGED + text, style::strong);
  }

  private List<Line> table(SlotQueue queue, BoardChanges changes, int columns) {
    List<Line> lines = new ArrayList<>();
    Table table = new QueueTable(new Style(false), zone).of(queue);
    if (!table.isEmpty()) {
      List<String> texts = table.lines(columns - CHANGED.length(), new Style(false));
      lines.add(new Line(UNCHANGED + texts.getFirst(), style::quiet));
      for (int index = 0; index < queue.tokens().size(); index++) {
        lines.add(row(texts.get(index + 1), queue.tokens().get(index), changes));
      }
    }
    lines.add(Line.plain(""));
    return lines;
  }

  private Line row(String text, TokenView view, BoardChanges changes) {
    return changes.concern(view.token())
        ? new Line(CHANGED + text, style::changed)
        : Line.plain(UNCHANGED + text);
  }

  /// How large the numbers may be, and how many of them each slot has room for.
  private record Room(int scale, int tokens) {
    /// @param rows without the headings
    /// @param slots that have tokens, at least 1
    static Room of(int columns, int rows, int slots) {
      int rowsForEach = rows / slots;
      int byWidth = columns / BigDigits.width(LARGEST_TEXT, 1);
      // At least two tokens of each slot are to be seen.
      int byHeight = (rowsForEach / 2 - CAPTION_ROWS) / BigDigits.ROWS;
      int scale = Math.max(1, Math.min(byWidth, byHeight));
      return new Room(scale, Math.max(1, rowsForEach / (BigDigits.ROWS * scale + CAPTION_ROWS)));
    }
  }

  private List<Line> large(SlotQueue queue, BoardChanges changes, Room room) {
    List<Line> lines = new ArrayList<>();
    for (TokenView view :
        queue.tokens().subList(0, Math.min(room.tokens(), queue.tokens().size()))) {
      UnaryOperator<String> look =
          changes.concern(view.token()) ? style::good : UnaryOperator.identity();
      String number = "%02d".formatted(view.token().sequence());
      String text = "%3s  %s".formatted(number, zone.time(view.expectedAt()));
      BigDigits.lines(text, room.scale()).forEach(line -> lines.add(new Line(line, look)));
      String mark = changes.concern(view.token()) ? CHANGED : UNCHANGED;
      lines.add(new Line(mark + caption(queue, view), style::strong));
      lines.add(Line.plain(""));
    }
    return lines;
  }

  private static String caption(SlotQueue queue, TokenView view) {
    @Nullable Patient patient = queue.people().patients().get(view.token().patientId());
    String name = patient == null ? "" : "  " + PlainText.visible(patient.shownName());
    String state = ServingText.state(view.token());
    // In a waiting room nobody is told of another's class.
    String priority = patient == null ? "" : "  " + Inputs.typed(view.token().priority());
    boolean isServed = !view.token().serving().isNone();
    return "number %d in the queue%s%s%s"
        .formatted(
            view.position() == null ? 0 : view.position(),
            priority,
            name,
            isServed ? "  " + state : "");
  }
}
