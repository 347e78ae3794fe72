package opd.cli.board;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import opd.output.Printer;
import opd.service.QueueService.SlotQueue;

/// The queues for a program or a file: all of them once, then each again that has changed.
public final class ChangeStream implements QueueWatch.WatchView {
  private final Printer printer;
  private final PrintWriter out;
  private final Map<Long, SlotQueue> shown = new HashMap<>();

  public ChangeStream(Printer printer, PrintWriter out) {
    this.printer = printer;
    this.out = out;
  }

  @Override
  public boolean show(List<SlotQueue> queues, Instant now) {
    for (SlotQueue queue : queues) {
      if (!queue.equals(shown.put(queue.slot().id(), queue))) {
        printer.changedQueue(queue, now);
      }
    }
    return tick(now);
  }

  @Override
  public boolean tick(Instant now) {
    return !out.checkError();
  }

  @Override
  public void connection(boolean isUp) {}
}
