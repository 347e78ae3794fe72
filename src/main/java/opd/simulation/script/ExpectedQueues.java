package opd.simulation.script;

import java.time.ZoneId;
import java.util.List;
import opd.service.QueueService.SlotQueue;
import opd.simulation.day.Findings;

/// What all slots of the day must look like at one moment: one line each, by start and doctor, as
/// [QueueText] writes them.
record ExpectedQueues(List<String> lines) {

  static ExpectedQueues of(String... lines) {
    return new ExpectedQueues(List.of(lines));
  }

  /// Makes one check for each slot, and one that there is no other slot.
  void compare(ScriptedDesk desk, Findings findings) {
    List<SlotQueue> found = desk.queues();
    ZoneId zone = desk.services().zone();
    for (int index = 0; index < lines.size(); index++) {
      String line = lines.get(index);
      findings.expect(
          "the queue of " + line.substring(0, line.indexOf(' ')) + " is exactly as it should be",
          line,
          index < found.size() ? QueueText.of(found.get(index), zone) : "no such slot");
    }
    List<String> others =
        found.stream().skip(lines.size()).map(queue -> QueueText.of(queue, zone)).toList();
    findings.expectNone("there is no other slot on this day", others);
  }
}
