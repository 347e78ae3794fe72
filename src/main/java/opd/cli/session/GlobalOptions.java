package opd.cli.session;

import java.util.stream.Stream;

/// The options that every command takes, before or after its name.
public final class GlobalOptions {
  final Given<String> db =
      Given.value(
          "--db",
          "URL",
          "The database: jdbc:postgresql://… or postgresql://… (env OPD_DB_URL). Without it,"
              + " a local PostgreSQL is set up and started when needed.");
  final Given<String> facility =
      Given.value("--facility", "NAME", "Which hospital (env OPD_FACILITY; default: main).");
  final Given<String> timeout =
      Given.value(
          "--timeout",
          "SECONDS",
          "How long the command may take, the start of a stopped local server included"
              + " (env OPD_TIMEOUT; default: 10).");
  public final Given<String> output =
      Given.value(
          "-o --output",
          "table|json|csv",
          "How results are printed (env OPD_OUTPUT; default: table). csv is for what lists"
              + " something.");
  final Given<String> columns =
      Given.value(
          "--columns",
          "A,B,C",
          "The columns of a table or CSV that lists something, in this order, by their names in"
              + " JSON, such as label,patient.phone.");
  public final Given<String> actor =
      Given.value(
          "--actor",
          "NAME",
          "Who decides, for the audit log (env OPD_ACTOR; default: the system's user).");
  final Given<String> color =
      Given.value(
          "--color",
          "auto|always|never",
          "When to use colour (default: auto; NO_COLOR means never).");
  final Given<String> zone =
      Given.value(
          "--zone",
          "ZONE",
          "The zone that you read and type times in, such as Asia/Kolkata (env OPD_ZONE;"
              + " default: the facility's). Labels and days are the facility's; JSON and logs are UTC.");
  final Given<Boolean> verbose =
      Given.flag("-v --verbose", "Log more, as JSON lines on standard error (env OPD_LOG).");
  final Given<Boolean> quiet = Given.flag("-q --quiet", "Log errors only.");

  public Description describe(Description command) {
    return command.takes(
        db,
        facility,
        timeout,
        output,
        columns,
        actor,
        color,
        zone,
        verbose,
        quiet,
        Given.help("-h --help", "Show this help."));
  }

  /// Whether any was given, but for the help.
  public boolean areGiven() {
    return Stream.of(db, facility, timeout, output, columns, actor, color, zone, verbose, quiet)
        .anyMatch(Given::isGiven);
  }

  /// These options, each that was not given taken from the others.
  GlobalOptions orElse(GlobalOptions others) {
    GlobalOptions both = new GlobalOptions();
    both.db.setEither(db, others.db);
    both.facility.setEither(facility, others.facility);
    both.timeout.setEither(timeout, others.timeout);
    both.output.setEither(output, others.output);
    both.columns.setEither(columns, others.columns);
    both.actor.setEither(actor, others.actor);
    both.color.setEither(color, others.color);
    both.zone.setEither(zone, others.zone);
    both.verbose.set(verbose.isGiven() || (others.verbose.isGiven() && !quiet.isGiven()));
    both.quiet.set(quiet.isGiven() || (others.quiet.isGiven() && !verbose.isGiven()));
    return both;
  }
}
