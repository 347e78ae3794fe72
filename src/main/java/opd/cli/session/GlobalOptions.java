package opd.cli.session;

import org.jspecify.annotations.Nullable;

/// The options that every command takes, before or after its name.
public final class GlobalOptions {
  @Nullable String db;
  @Nullable String facility;
  @Nullable String timeout;
  public @Nullable String output;
  public @Nullable String actor;
  @Nullable String color;
  @Nullable String zone;
  boolean verbose;
  boolean quiet;

  public void describe(Description command) {
    command
        .value(
            "--db",
            "URL",
            "The database: jdbc:postgresql://… or postgresql://… (env OPD_DB_URL). Without it,"
                + " a local PostgreSQL is set up and started when needed.",
            value -> db = value)
        .value(
            "--facility",
            "NAME",
            "Which hospital (env OPD_FACILITY; default: main).",
            value -> facility = value)
        .value(
            "--timeout",
            "SECONDS",
            "How long the command may take, the start of a stopped local server included"
                + " (env OPD_TIMEOUT; default: 10).",
            value -> timeout = value)
        .value(
            "-o --output",
            "table|json",
            "How results are printed (env OPD_OUTPUT; default: table).",
            value -> output = value)
        .value(
            "--actor",
            "NAME",
            "Who decides, for the audit log (env OPD_ACTOR; default: the system's user).",
            value -> actor = value)
        .value(
            "--color",
            "auto|always|never",
            "When to use colour (default: auto; NO_COLOR means never).",
            value -> color = value)
        .value(
            "--zone",
            "ZONE",
            "The zone that you read and type times in, such as Asia/Kolkata (env OPD_ZONE;"
                + " default: the facility's). Full labels, JSON and logs stay UTC.",
            value -> zone = value)
        .flag(
            "-v --verbose",
            "Log more, as JSON lines on standard error (env OPD_LOG).",
            isGiven -> verbose = isGiven)
        .flag("-q --quiet", "Log errors only.", isGiven -> quiet = isGiven)
        .option(Description.aFlag("-h --help", "Show this help.", _ -> {}).usageHelp(true));
  }

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
