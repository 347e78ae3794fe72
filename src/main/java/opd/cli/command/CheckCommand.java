package opd.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.cli.session.WorkNotes.Work;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.service.Check;
import opd.service.CheckService;
import picocli.CommandLine;

/// Looks whether everything is as it should be: machine, database, rights, guards.
public final class CheckCommand {
  private static final int MOST_HOURS = 24 * 366;

  private final CommandContext context;
  private final Given<String> sealWithin =
      Given.value("--seal-within", "HOURS", "Fail if the log was not sealed from here since then.");
  private final Given<String> verifyWithin =
      Given.value(
          "--verify-within", "HOURS", "Fail if the log was not verified from here since then.");
  private final Given<String> backupWithin =
      Given.value("--backup-within", "HOURS", "Fail if it was not backed up from here since then.");

  public CheckCommand(CommandContext context) {
    this.context = context;
  }

  public CommandLine line() {
    return Description.of(
            "check",
            "Look whether everything is as it should be here: Java, database, encryption, rights,"
                + " settings in force, guards, clocks, disk, seals and backups.",
            "Each guard of the schema (functions, triggers, constraints, columns, indexes, rights,"
                + " owners, rules) is compared with what the migrations make, and each that differs"
                + " is named. It changes nothing; any login of the facility will do.",
            "Exit 0 when all is well, 7 when a check failed, 8 when the facility is not set up.")
        .forRooms()
        .examples("opd check", "opd check --seal-within 24 --backup-within 24 -o json")
        .takes(sealWithin, verifyWithin, backupWithin)
        .does(this::check);
  }

  private int check() {
    List<Check> checks = new ArrayList<>();
    checks.add(MachineChecks.java());
    checks.add(MachineChecks.cache());
    ExitStatus status = database(checks);
    checks.add(lastDone("last seal", Work.SEAL, sealWithin, "opd audit seal"));
    checks.add(lastDone("last verify", Work.VERIFY, verifyWithin, "opd audit verify"));
    checks.add(lastDone("last backup", Work.BACKUP, backupWithin, "opd db backup FILE"));
    context.printer().checks(checks);
    boolean isWell = checks.stream().allMatch(Check::ok);
    return (isWell || status != ExitStatus.DONE ? status : ExitStatus.CHECK_FAILED).code();
  }

  /// @return what its failure means for the whole, if it could not be looked at
  private ExitStatus database(List<Check> checks) {
    try {
      CheckService service = context.desk().checks();
      checks.addAll(service.database());
      checks.add(MachineChecks.disk(context, service::databaseBytes));
      return ExitStatus.DONE;
    } catch (OpdException e) {
      ExitStatus status = statusOf(e);
      checks.add(
          new Check(
              nameOf(e),
              false,
              String.valueOf(e.getMessage()),
              "a facility that this program and login can work in",
              e.hint()));
      return status;
    }
  }

  private static ExitStatus statusOf(OpdException e) {
    return switch (ExitStatus.of(e.code())) {
      case NOT_SET_UP, NOT_FOUND -> ExitStatus.NOT_SET_UP;
      case UNAVAILABLE, CHECK_FAILED -> ExitStatus.CHECK_FAILED;
      default -> throw e;
    };
  }

  private static String nameOf(OpdException e) {
    return switch (e.code()) {
      case SCHEMA_TOO_OLD, SCHEMA_TOO_NEW -> "schema";
      case ACCESS_DENIED -> "access";
      case FACILITY_NOT_FOUND -> "facility";
      default -> "database";
    };
  }

  /// What nobody knows here is a failure only where a bound is set.
  private Check lastDone(String name, Work work, Given<String> bound, String remedy) {
    Optional<Instant> last = context.notes().last(work);
    Optional<Duration> within =
        bound
            .optional()
            .map(hours ->
                Inputs.number(
                    "--" + work.name().toLowerCase(Locale.ROOT) + "-within", hours, 1, MOST_HOURS))
            .map(Duration::ofHours);
    Optional<Duration> age = last.map(when -> Duration.between(when, Instant.now()));
    boolean ok = within.isEmpty() || age.filter(is -> is.compareTo(within.get()) <= 0).isPresent();
    return Check.of(
            name,
            ok,
            last.map(when ->
                    "%s, %s ago"
                        .formatted(when.truncatedTo(ChronoUnit.SECONDS), shown(age.orElseThrow())))
                .orElse("not known on this machine"),
            within
                .map(most -> "within %d h".formatted(most.toHours()))
                .orElse("any time: no bound is set"))
        .mendedBy(remedy);
  }

  private static String shown(Duration age) {
    return age.toHours() >= 48
        ? age.toDays() + " days"
        : age.toMinutes() >= 120 ? age.toHours() + " h" : age.toMinutes() + " min";
  }
}
