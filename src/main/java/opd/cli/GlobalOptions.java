package opd.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that every command takes, before or after its name.
final class GlobalOptions {
  @Option(
      names = "--db",
      paramLabel = "URL",
      description =
          "The database: jdbc:postgresql://… or postgresql://… (env OPD_DB_URL). Without it, a local"
              + " PostgreSQL is set up and started when needed.")
  @Nullable String db;

  @Option(
      names = "--facility",
      paramLabel = "NAME",
      description = "Which hospital (env OPD_FACILITY; default: main).")
  @Nullable String facility;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long the command may take (env OPD_TIMEOUT; default: 10).")
  @Nullable String timeout;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = "How results are printed (env OPD_OUTPUT; default: table).")
  @Nullable String output;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "Who decides, for the audit log (env OPD_ACTOR; default: the system's user).")
  @Nullable String actor;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      description = "When to use colour (default: auto; NO_COLOR means never).")
  @Nullable String color;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "The zone that you read and type times in, such as Asia/Kolkata (env OPD_ZONE; default: the"
              + " facility's). Full labels, JSON and logs stay UTC.")
  @Nullable String zone;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log more, as JSON lines on standard error (env OPD_LOG).")
  boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Log errors only.")
  boolean quiet;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /// These options, each that was not given taken from the others.
  GlobalOptions orElse(GlobalOptions others) {
    GlobalOptions both = new GlobalOptions();
    both.db = db == null ? others.db : db;
    both.facility = facility == null ? others.facility : facility;
    both.timeout = timeout == null ? others.timeout : timeout;
    both.output = output == null ? others.output : output;
    both.actor = actor == null ? others.actor : actor;
    both.color = color == null ? others.color : color;
    both.zone = zone == null ? others.zone : zone;
    both.verbose = verbose || (others.verbose && !quiet);
    both.quiet = quiet || (others.quiet && !verbose);
    return both;
  }
}
