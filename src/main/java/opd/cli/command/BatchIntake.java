package opd.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.cli.session.CommandContext;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.cli.session.LostOutput;
import opd.domain.ErrorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.intake.Format;
import opd.intake.Intake;
import opd.intake.Source;
import opd.intake.Tally;
import opd.output.BatchPrinter;
import org.jspecify.annotations.Nullable;

/// Runs `allocate --from`.
final class BatchIntake {
  private static final String STANDARD_INPUT = "-";
  private static final int MOST_BATCH_ID_CHARACTERS = 100;

  private final CommandContext context;
  private final BatchOptions options;
  private final Given<String> date;

  /// @param date that the list is put on, if it is given
  BatchIntake(CommandContext context, BatchOptions options, Given<String> date) {
    this.context = context;
    this.options = options;
    this.date = date;
  }

  int run(String from) {
    Optional<Format> format =
        options.format.optional().map(text -> Inputs.choice(Format.class, "format", text));
    String batchId =
        !options.batchId.isGiven()
            ? null
            : PlainText.of("the batch id", options.batchId.get(), MOST_BATCH_ID_CHARACTERS);
    return options.strict.isGiven()
        ? strictly(from, format, batchId)
        : decide(from, format, batchId);
  }

  private int decide(String from, Optional<Format> format, @Nullable String batchId) {
    try (Source source = source(from, format)) {
      return decide(source, batchId);
    }
  }

  private int decide(Source source, @Nullable String batchId) {
    BatchPrinter printer = context.batchPrinter();
    Tally tally = new Tally();
    try (Progress progress = Progress.ofList(context)) {
      ListProgress lines = new ListProgress(progress);
      intake(batchId)
          .run(
              source,
              this::warn,
              results -> {
                results.forEach(tally::count);
                progress.clear();
                printer.results(results);
                checkWritten(context);
                lines.show(results, tally, source.shareRead());
              });
      progress.done();
    }
    printer.end(tally);
    if (tally.admitted() + tally.rejected() > 0) {
      checkWritten(context);
    }
    return exit(tally).code();
  }

  /// Lines that come after those whose results are printed may have been decided already.
  ///
  /// @throws OpdException OUTCOME_UNKNOWN when results are lost
  static void checkWritten(CommandContext context) {
    if (context.surroundings().out().checkError()) {
      throw LostOutput.ofList(context.surroundings());
    }
  }

  /// Reads the list twice; standard input, which can be read once only, from a copy.
  private int strictly(String from, Optional<Format> format, @Nullable String batchId) {
    if (!from.equals(STANDARD_INPUT)) {
      return strictly(Inputs.file(from), format, batchId);
    }
    InputStream input = context.standardInput();
    Path copy = emptyCopy();
    try {
      copy(input, copy);
      return strictly(copy, format, batchId);
    } finally {
      delete(copy);
    }
  }

  private int strictly(Path file, Optional<Format> format, @Nullable String batchId) {
    BatchPrinter printer = context.batchPrinter();
    Tally malformed = new Tally();
    List<String> unknown = new ArrayList<>();
    try (Source source = Source.of(file, format)) {
      intake(batchId)
          .check(
              source,
              unknown::add,
              results -> {
                results.forEach(malformed::count);
                printer.results(results);
              });
    }
    if (malformed.invalid() > 0) {
      printer.end(malformed);
      unknown.forEach(this::warn);
      // A program sees from the results of the lines and the exit code what is wrong.
      if (!context.settings().isJson()) {
        context.progress("nothing was taken of the list: mend these lines, or leave --strict out");
      }
      return ExitStatus.BAD_INPUT.code();
    }
    if (!unknown.isEmpty()) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          unknown.getFirst().replace(" and was ignored", ""),
          "nothing was taken of the list: mend its columns, or leave --strict out");
    }
    try (Source source = Source.of(file, format)) {
      return decide(source, batchId);
    }
  }

  private Intake intake(@Nullable String batchId) {
    return new Intake(
        context.desk(),
        context.inputs(),
        context.settings().actorName(),
        batchId,
        date.optional().map(context.inputs()::date));
  }

  private void warn(String warning) {
    context.progress("warning: " + warning);
  }

  private Source source(String from, Optional<Format> format) {
    return from.equals(STANDARD_INPUT)
        ? Source.of("standard input", context.standardInput(), format)
        : Source.of(Inputs.file(from), format);
  }

  private static Path emptyCopy() {
    try {
      Path copy = Files.createTempFile("opd-list", ".tmp");
      // Also when the program is interrupted: names and numbers must not stay there.
      copy.toFile().deleteOnExit();
      return copy;
    } catch (IOException e) {
      throw uncopied(e);
    }
  }

  private static void copy(InputStream input, Path copy) {
    try {
      Files.copy(input, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw uncopied(e);
    }
  }

  private static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      // It is deleted when the program ends, or it cannot be.
    }
  }

  private static OpdException uncopied(IOException e) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        "standard input could not be copied",
        "make room in the folder for temporary files",
        e);
  }

  private static ExitStatus exit(Tally tally) {
    if (tally.invalid() > 0) {
      return ExitStatus.BAD_INPUT;
    }
    return tally.rejected() > 0 ? ExitStatus.REFUSED : ExitStatus.DONE;
  }
}
