package opd.cli.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.ExternalDatabase;
import opd.cli.session.Given;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PhoneKey;
import opd.output.Properties;
import opd.server.Endpoint;
import opd.server.Login;
import opd.server.Status;
import opd.service.CheckService;
import opd.service.FacilityServices;
import opd.store.schema.FacilitySetup;
import opd.store.schema.Migrations;
import opd.store.schema.Schema;
import picocli.CommandLine;

/// The commands on the database.
public final class DbCommands {
  private DbCommands() {}

  public static CommandLine line(CommandContext session) {
    return Description.of(
            "db", "The database: set it up, back it up, restore it, start and stop the local one.")
        .examples("opd db status")
        .holds(
            migrate(session),
            showStatus(session),
            start(session),
            stop(session),
            url(session),
            new RolesCommand(session).line(),
            BackupCommands.backup(session),
            BackupCommands.restore(session),
            FacilityCommands.where(session),
            new RelocationCommand(session).line(),
            FacilityCommands.rename(session),
            FacilityCommands.drop(session));
  }

  private static CommandLine migrate(CommandContext session) {
    Given<String> region =
        Given.value(
            "--region",
            "CC",
            "The country of phone numbers without a plus sign, fixed when the first slot is opened"
                + " (default: IN).");
    Given<String> zone =
        Given.value(
            "--zone",
            "Z",
            "The zone of its clock, which labels and days are of, fixed when the first slot is opened"
                + " (default: this machine's).");
    Given<Boolean> all = Fleet.all();
    Given<String> jobs = Fleet.jobs();
    return Description.of(
            "migrate",
            "Make the facility, or upgrade its schema. Run as the owner of the database.",
            "Functions and triggers that somebody altered are made anew, rights that were granted by"
                + " hand taken back, and numbers continued that a logical replica did not carry along:"
                + " 'opd check' names what differs.",
            "With --all every facility that is there; broken off, it is run again.")
        .examples(
            "opd db migrate",
            "opd --facility clinic_2 db migrate --region IN --zone Asia/Kolkata",
            "opd db migrate --all --jobs 8")
        .takes(region, zone, all, jobs)
        .does(() -> {
          if (all.isGiven()) {
            if (region.isGiven() || zone.isGiven()) {
              throw CommandContext.usage("--region and --zone are one facility's, not with --all");
            }
            return Fleet.of(session, jobs)
                .run(true, each -> migrated(each, setup(each, region, zone)));
          }
          FacilityName facility = session.settings().facilityName();
          FacilitySetup setup = setup(session, region, zone);
          Migrations.Done done = session.facilities().migrate(facility, setup);
          FacilitySettings found = session.desk().settings();
          return print(
              session,
              new Properties()
                  .with("facility", facility.value())
                  .with("schema", facility.schema())
                  .with("version", done.version())
                  .with("applied", done.applied())
                  .with("region", found.region())
                  .with("zone", found.zone().getId()));
        });
  }

  private static Fleet.Result migrated(CommandContext session, FacilitySetup setup) {
    Migrations.Done done = session.facilities().migrate(session.settings().facilityName(), setup);
    return Fleet.Result.done(
        done.applied() == 0 ? "UP_TO_DATE" : "MIGRATED",
        new Properties().with("version", done.version()).with("applied", done.applied()));
  }

  private static FacilitySetup setup(
      CommandContext session, Given<String> region, Given<String> zone) {
    FacilitySettings standard = FacilitySettings.standard(ZoneId.systemDefault());
    FacilitySettings wanted =
        FacilitySettings.of(
            region.optional().map(DbCommands::inCapitals).orElse(standard.region()),
            zone.or(standard.zone().getId()),
            standard.clock());
    return new FacilitySetup(
        wanted,
        region.optional().map(_ -> wanted.region()),
        zone.optional().map(_ -> wanted.zone()),
        PhoneKey.random(),
        session.settings().actorName());
  }

  /// Letters of other alphabets are left alone: the capital of some is one of ours.
  private static String inCapitals(String code) {
    return code.matches("[A-Za-z]{2}") ? code.toUpperCase(Locale.ROOT) : code;
  }

  private static CommandLine showStatus(CommandContext session) {
    Given<Boolean> all = Fleet.all();
    Given<String> jobs = Fleet.jobs();
    return Description.of(
            "status",
            "Tell which database is used and in which state it is; starts nothing.",
            "Seals, verifications and backups are those made from this machine.")
        .forRooms()
        .examples("opd db status", "opd db status --all -o json")
        .takes(all, jobs)
        .does(() ->
            // A server that does not run has nothing to tell of its facilities.
            all.isGiven() && isReachable(session)
                ? Fleet.of(session, jobs).run(false, DbCommands::statusLine)
                : print(session, status(session)));
  }

  private static boolean isReachable(CommandContext session) {
    return session.settings().db().value() != null
        || !session.settings().placed().isEmpty()
        || session.server().status().state() == Status.State.RUNNING;
  }

  private static Fleet.Result statusLine(CommandContext session) {
    FacilityServices desk = session.desk();
    Properties line = new Properties().with("schema", desk.facility().schemaVersion());
    CheckService.State state = desk.checks().state();
    FacilityStatus.add(line, state, session.notes());
    return Fleet.Result.done(state.isUnaltered() ? "OK" : "ALTERED", line);
  }

  private static Properties status(CommandContext session) {
    Properties properties = new Properties();
    var external = ExternalDatabase.in(session.settings(), session.settings().facilityName());
    boolean reachable = true;
    if (external.isPresent()) {
      properties.with("database", external.get().place());
    } else {
      Status status = session.server().status();
      reachable = status.state() == Status.State.RUNNING;
      Endpoint endpoint = status.endpoint();
      properties
          .with("database", "managed")
          .with("state", status.state().name())
          .with("home", status.home().toString())
          .with("port", endpoint == null ? null : endpoint.port())
          .with("pid", status.pid())
          .with("server", status.serverVersion());
    }
    properties.with("facility", session.settings().facilityName().value());
    if (reachable) {
      FacilityServices desk = session.desk();
      properties
          .with("schema", desk.facility().schemaVersion())
          .with("program", Schema.VERSION)
          .with("region", desk.settings().region())
          .with("zone", desk.settings().zone().getId());
      FacilityStatus.add(properties, desk.checks().state(), session.notes());
    }
    return properties;
  }

  private static CommandLine start(CommandContext session) {
    return Description.of("start", "Start the managed local PostgreSQL.")
        .examples("opd db start")
        .does(() -> {
          Endpoint endpoint = started(session);
          return print(
              session, new Properties().with("state", "RUNNING").with("port", endpoint.port()));
        });
  }

  private static CommandLine stop(CommandContext session) {
    return Description.of("stop", "Stop the managed local PostgreSQL; what was committed stays.")
        .examples("opd db stop")
        .does(() -> {
          requireManaged(session);
          boolean stopped = session.server().stop(session.settings().budget());
          return print(
              session, new Properties().with("state", "STOPPED").with("wasRunning", stopped));
        });
  }

  private static CommandLine url(CommandContext session) {
    return Description.of(
            "url",
            "Print the address of the managed PostgreSQL's administrator, for psql.",
            "It holds the password, which others on this machine can read while it stands in a command"
                + " line.")
        .examples("psql \"$(opd db url)\"")
        .does(() -> {
          Endpoint endpoint = started(session);
          Login login = endpoint.administrator();
          String url =
              "postgresql://%s:%s@127.0.0.1:%d/%s"
                  .formatted(
                      login.user(),
                      URLEncoder.encode(login.password(), StandardCharsets.UTF_8),
                      endpoint.port(),
                      endpoint.database());
          if (session.settings().isJson()) {
            return print(session, new Properties().with("url", url));
          }
          session.surroundings().out().println(url);
          session.surroundings().out().flush();
          return ExitStatus.DONE.code();
        });
  }

  private static Endpoint started(CommandContext session) {
    requireManaged(session);
    return session.server().start(session.settings().budget());
  }

  private static int print(CommandContext session, Properties properties) {
    session.printer().properties(properties);
    return ExitStatus.DONE.code();
  }

  private static void requireManaged(CommandContext session) {
    Optional<String> db = Optional.ofNullable(session.settings().db().value());
    if (db.isPresent()) {
      throw new OpdException(
          ErrorCode.USAGE,
          "the settings name a database, which this program does not manage",
          "see 'opd config' for where --db comes from");
    }
  }
}
