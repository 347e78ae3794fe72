package opd.cli.board;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import opd.output.text.Board;
import opd.output.text.BoardChanges;
import opd.service.QueueService.SlotQueue;

/// The queues on a screen of their own, drawn again when they change, when the terminal's size
/// does, and when the minute does.
public final class BoardView implements QueueWatch.WatchView {
  private static final Duration MARKED = Duration.ofSeconds(10);

  private final BoardScreen screen;
  private final Board board;
  private final String title;
  private final boolean rings;
  private List<SlotQueue> queues = List.of();
  private BoardChanges changes = BoardChanges.NONE;
  private Instant now = Instant.EPOCH;
  private Instant changedAt = Instant.EPOCH;
  private boolean isShown;
  private boolean isConnected = true;
  private boolean isEnded;

  /// @param rings whether the bell is heard when somebody is called in
  public BoardView(BoardScreen screen, Board board, String title, boolean rings) {
    this.screen = screen;
    this.board = board;
    this.title = title;
    this.rings = rings;
  }

  @Override
  public synchronized boolean show(List<SlotQueue> loaded, Instant time) {
    BoardChanges found = BoardChanges.between(queues, loaded);
    if (isShown && !found.areNone()) {
      changes = found;
      changedAt = time;
      if (rings && found.isCall(queues)) {
        screen.ring();
      }
    }
    queues = loaded;
    isShown = true;
    return tick(time);
  }

  @Override
  public synchronized boolean tick(Instant time) {
    now = time;
    if (!changes.areNone() && !time.isBefore(changedAt.plus(MARKED))) {
      changes = BoardChanges.NONE;
    }
    draw();
    return !isEnded;
  }

  @Override
  public synchronized void connection(boolean isUp) {
    isConnected = isUp;
    draw();
  }

  public synchronized void resized() {
    screen.measure();
    draw();
  }

  public synchronized void end() {
    isEnded = true;
    screen.close();
  }

  /// Nothing before the first look: an empty board would be taken for an empty queue.
  private void draw() {
    if (!isShown) {
      return;
    }
    var size = screen.size();
    var content = new Board.Content(title, queues, changes, now, isConnected);
    screen.draw(board.lines(content, size.columns(), size.rows()));
  }
}
