package opd.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How `allocate` takes in a list.
final class BatchOptions {
  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "Decide the lines of a list (- for standard input): slot or doctor, phone, name, priority,"
              + " source, and optionally member and request_id. Run it again to continue after a break:"
              + " nothing happens twice.")
  @Nullable String from;

  @Option(
      names = "--format",
      paramLabel = "csv|jsonl",
      description = "How the list is written (default: told by its first character).")
  @Nullable String format;

  @Option(names = "--strict", description = "Take nothing of a list in which a line is malformed.")
  boolean strict;

  @Option(
      names = "--batch-id",
      paramLabel = "ID",
      description = "Take lines that were taken before anew, on purpose.")
  @Nullable String batchId;
}
