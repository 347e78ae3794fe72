package opd.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.FacilityName;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.output.Properties;
import opd.output.text.FacilityLines;
import opd.store.schema.FacilityList;
import opd.store.schema.FacilityList.Listed;

/// Does the same in every facility of a database, several at a time: one line each, printed when it
/// is done. One that fails keeps none of the others from its turn, and whoever repeats the whole
/// finds done what was done.
final class Fleet {
  private static final int USUAL_JOBS = 4;
  private static final int MOST_JOBS = 64;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final CommandContext context;
  private final int jobs;

  private Fleet(CommandContext context, int jobs) {
    this.context = context;
    this.jobs = jobs;
  }

  /// @param jobs how many facilities at a time
  static Fleet of(CommandContext context, Given<String> jobs) {
    return new Fleet(
        context,
        jobs.optional()
            .map(text -> Inputs.number("--jobs", text, 1, MOST_JOBS))
            .orElse(USUAL_JOBS));
  }

  static Given<Boolean> all() {
    return Given.flag(
        "--all", "In every facility of the database that the login may do this in, one line each.");
  }

  /// @param name of each file
  static Given<String> allInto(String name) {
    return Given.value(
        "--all",
        "DIR",
        "Of every facility of the database that the login may do this in, into a new file "
            + name
            + " in this folder, one line each.");
  }

  /// @throws OpdException INVALID_INPUT when there is no such folder
  static Path folder(String text) {
    Path folder = Inputs.file(text);
    if (!Files.isDirectory(folder)) {
      throw OpdException.invalid(PlainText.quote(text) + " is no folder");
    }
    return folder;
  }

  /// A name that sorts by time and was not used before.
  static Path file(Path folder, FacilityName facility, String before, Instant time, String after) {
    return folder.resolve(before + facility + "-" + STAMP.format(time) + after);
  }

  static Given<String> jobs() {
    return Given.value(
        "--jobs",
        "N",
        "With --all: so many at a time, each on connections of its own (default: 4).");
  }

  /// What became of one facility.
  ///
  /// @param outcome in a word
  record Result(String outcome, Properties more, ExitStatus status) {
    static Result done(String outcome, Properties more) {
      return new Result(outcome, more, ExitStatus.DONE);
    }

    private static Result failed(OpdException e) {
      return new Result(
          "FAILED",
          new Properties().with("code", e.code().name()).with("reason", e.getMessage()),
          ExitStatus.of(e.code()));
    }
  }

  /// Work in one facility.
  interface Work {
    Result in(CommandContext facility) throws Exception;
  }

  /// @param isOwner whether the work is an owner's; else any login's that may look into the
  ///   facility
  /// @return the exit code of the worst
  int run(boolean isOwner, Work work) throws InterruptedException {
    Predicate<Listed> isAllowed = isOwner ? Listed::isOwn : Listed::isOpen;
    String reason =
        isOwner ? "the login may not act for its owner" : "the login may not look into it";
    List<Future<ExitStatus>> results = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(jobs)) {
      for (Listed each : facilities(context)) {
        results.add(
            workers.submit(() ->
                isAllowed.test(each)
                    ? done(each.facility(), work)
                    : print(
                        each.facility(),
                        Result.done("SKIPPED", new Properties().with("reason", reason)))));
      }
    }
    ExitStatus worst = ExitStatus.DONE;
    for (Future<ExitStatus> each : results) {
      worst = worst.worse(status(each));
    }
    return worst.code();
  }

  /// All of the databases that the settings name: of each those that lie there.
  static List<Listed> facilities(CommandContext context) {
    Map<Optional<String>, FacilityName> places = new LinkedHashMap<>();
    List<FacilityName> placed = context.settings().placed();
    FacilityName own = context.settings().facilityName();
    // The managed server is the database of a machine whose settings name no other.
    if (placed.isEmpty() || place(context, own).isPresent()) {
      places.put(place(context, own), own);
    }
    placed.forEach(each -> places.putIfAbsent(place(context, each), each));
    return places.values().stream().flatMap(each -> facilities(context, each)).toList();
  }

  private static Optional<String> place(CommandContext context, FacilityName facility) {
    return Optional.ofNullable(context.settings().placeOf(facility).value());
  }

  /// @param one of those that lie in the same database
  private static Stream<Listed> facilities(CommandContext context, FacilityName one) {
    Optional<String> place = place(context, one);
    try (ConsoleState own = ConsoleState.ofOneCommand()) {
      CommandContext there = context.forFacility(one, own);
      return FacilityList.of(there.facilities().administrator(one)).stream()
          .filter(each -> place(context, each.facility()).equals(place));
    } catch (OpdException e) {
      List<FacilityName> placed =
          context.settings().placed().stream()
              .filter(each -> place(context, each).equals(place))
              .toList();
      if (placed.isEmpty()) {
        throw e;
      }
      // When its turn comes, each says for itself why it cannot be reached.
      return placed.stream().map(each -> new Listed(each, true, true));
    }
  }

  private ExitStatus done(FacilityName facility, Work work) throws Exception {
    try (ConsoleState own = ConsoleState.ofOneCommand()) {
      return print(facility, work.in(context.forFacility(facility, own)));
    } catch (OpdException e) {
      return print(facility, Result.failed(e));
    }
  }

  private static ExitStatus status(Future<ExitStatus> result) throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e);
    }
  }

  private synchronized ExitStatus print(FacilityName facility, Result result) {
    Properties line =
        new Properties().with("facility", facility.value()).with("outcome", result.outcome());
    result.more().values().forEach(line::with);
    if (context.settings().isJson()) {
      context.printer().properties(line);
    } else {
      FacilityLines.of(facility, result.outcome(), result.more(), context.surroundings().width())
          .forEach(context.surroundings().out()::println);
      context.surroundings().out().flush();
    }
    return result.status();
  }
}
