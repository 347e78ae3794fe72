package opd.cli.command;

import opd.cli.session.Description;
import opd.cli.session.Given;

/// How `allocate` takes in a list.
final class BatchOptions {
  final Given<String> from =
      Given.value(
          "--from",
          "FILE",
          "Decide the lines of a list (- for standard input): slot or doctor, phone, name,"
              + " priority, source, and optionally member, date, time and request_id. Run it again to"
              + " continue after a break: nothing happens twice.");
  final Given<String> format =
      Given.value(
          "--format",
          "csv|jsonl",
          "How the list is written (default: told by its first character).");
  final Given<Boolean> strict =
      Given.flag(
          "--strict", "Take nothing of a list in which a line is malformed or a column not known.");
  final Given<String> batchId =
      Given.value("--batch-id", "ID", "Take lines that were taken before anew, on purpose.");

  Description addTo(Description command) {
    return command.group("%nA whole list at once:%n", from, format, strict, batchId);
  }
}
