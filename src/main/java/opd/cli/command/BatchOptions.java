package opd.cli.command;

import opd.cli.session.Description;
import org.jspecify.annotations.Nullable;

/// How `allocate` takes in a list.
final class BatchOptions {
  @Nullable String from;
  @Nullable String format;
  boolean strict;
  @Nullable String batchId;

  Description addTo(Description command) {
    return command.group(
        "%nA whole list at once:%n",
        Description.aValue(
            "--from",
            "FILE",
            "Decide the lines of a list (- for standard input): slot or doctor, phone, name,"
                + " priority, source, and optionally member and request_id. Run it again to continue"
                + " after a break: nothing happens twice.",
            value -> from = value),
        Description.aValue(
            "--format",
            "csv|jsonl",
            "How the list is written (default: told by its first character).",
            value -> format = value),
        Description.aFlag(
            "--strict",
            "Take nothing of a list in which a line is malformed.",
            isGiven -> strict = isGiven),
        Description.aValue(
            "--batch-id",
            "ID",
            "Take lines that were taken before anew, on purpose.",
            value -> batchId = value));
  }
}
