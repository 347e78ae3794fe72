package opd.output.text;

import java.io.PrintWriter;
import java.util.List;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.SlotBook;
import opd.domain.Slot;
import opd.service.QueueService.SlotQueue;

/// What a doctor's absence means for the patients: lists to call them by.
record AbsenceText(PrintWriter out, int width, Style style, ZoneText zone) {

  void late(Outcome.DoctorLate late, Response.People people) {
    late.slots().forEach(part -> heading(part.slot()));
    if (late.slots().stream().allMatch(part -> isSettled(part))) {
      return;
    }
    String zoneName = zone.name(late.slots().getFirst().slot().start());
    out.println("Tell these patients their new time (" + zoneName + "):");
    table(new MoveTables(people, zone).late(late));
  }

  /// Whether nobody has another time now.
  private static boolean isSettled(Outcome.SlotDelayed part) {
    return part.tokens().isEmpty() || part.minutesBefore() == part.slot().delayMinutes();
  }

  void away(Outcome.DoctorAway away, Response.People people) {
    away.slots().forEach(part -> heading(part.slot()));
    MoveTables tables = new MoveTables(people, zone);
    if (away.slots().stream().anyMatch(part -> !part.moved().isEmpty())) {
      String zoneName = zone.name(away.slots().getFirst().slot().start());
      out.println("These patients have another place; tell them (times in " + zoneName + "):");
      table(tables.moved(away));
    }
    if (away.slots().stream().anyMatch(part -> !part.unplaced().isEmpty())) {
      out.println(
          style.caution("No place was free for these patients, who are owed one; call them:"));
      table(tables.unplaced(away));
    }
  }

  /// The slots of a doctor who takes no new ones: they go on, and somebody must know.
  void openSlots(Outcome.DoctorSaved saved, Response.People people) {
    if (saved.active() || people.open().isEmpty()) {
      return;
    }
    out.println("These slots stay open, with their patients:");
    QueueTable queues = new QueueTable(style, zone);
    for (SlotBook book : people.open()) {
      queues.heading(book.slot(), width).forEach(out::println);
      if (!book.active().isEmpty()) {
        table(queues.of(new SlotQueue(book.slot(), book.views(), people)));
      }
    }
    out.println(
        "cancel today's and move their patients with: opd doctor leave "
            + saved.code()
            + " --reason … --cover …; those of later days with --until");
  }

  private void heading(Slot slot) {
    String status = SlotTable.status(slot);
    out.println(
        (slot.status().isOpen() ? style.good(status) : style.caution(status))
            + "  "
            + style.strong(slot.label().toString()));
  }

  private void table(Table table) {
    List<String> lines = table.lines(width, style);
    lines.forEach(out::println);
  }
}
