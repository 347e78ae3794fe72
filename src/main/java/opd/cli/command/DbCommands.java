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

  public static CommandLine line(CommandContext context) {
    return Description.of(
            "db", "The database: set it up, back it up, restore it, start and stop the local one.")
        .examples("opd db status")
        .holds(
            migrate(context),
            showStatus(context),
            start(context),
            stop(context),
            url(context),
            new RolesCommand(context).line(),
            BackupCommands.backup(context),
            BackupCommands.restore(context),
            FacilityCommands.where(context),
            new RelocationCommand(context).line(),
            FacilityCommands.rename(context),
            FacilityCommands.drop(context));
  }

  private static CommandLine migrate(CommandContext context) {
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
            return Fleet.of(context, jobs)
                .run(true, each -> migrated(each, setup(each, region, zone)));
          }
          FacilityName facility = context.settings().facilityName();
          FacilitySetup setup = setup(context, region, zone);
          Migrations.Done done = context.facilities().migrate(facility, setup);
          FacilitySettings found = context.desk().settings();
          return print(
              context,
              new Properties()
                  .with("facility", facility.value())
                  .with("schema", facility.schema())
                  .with("version", done.version())
                  .with("applied", done.applied())
                  .with("region", found.region())
                  .with("zone", found.zone().getId()));
        });
  }

  private static Fleet.Result migrated(CommandContext context, FacilitySetup setup) {
    Migrations.Done done = context.facilities().migrate(context.settings().facilityName(), setup);
    return Fleet.Result.done(
        done.applied() == 0 ? "UP_TO_DATE" : "MIGRATED",
        new Properties().with("version", done.version()).with("applied", done.applied()));
  }

  private static FacilitySetup setup(
      CommandContext context, Given<String> region, Given<String> zone) {
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
        context.settings().actorName());
  }

  /// Letters of other alphabets are left alone: the capital of some is one of ours.
  private static String inCapitals(String code) {
    return code.matches("[A-Za-z]{2}") ? code.toUpperCase(Locale.ROOT) : code;
  }

  private static CommandLine showStatus(CommandContext context) {
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
            all.isGiven() && isReachable(context)
                ? Fleet.of(context, jobs).run(false, DbCommands::statusLine)
                : print(context, status(context)));
  }

  private static boolean isReachable(CommandContext context) {
    return context.settings().db().value() != null
        || !context.settings().placed().isEmpty()
        || context.server().status().state() == Status.State.RUNNING;
  }

  private static Fleet.Result statusLine(CommandContext context) {
    FacilityServices desk = context.desk();
    Properties line = new Properties().with("schema", desk.facility().schemaVersion());
    CheckService.State state = desk.checks().state();
    FacilityStatus.add(line, state, context.notes());
    return Fleet.Result.done(state.isUnaltered() ? "OK" : "ALTERED", line);
  }

  private static Properties status(CommandContext context) {
    Properties properties = new Properties();
    var external = ExternalDatabase.in(context.settings(), context.settings().facilityName());
    boolean reachable = true;
    if (external.isPresent()) {
      properties.with("database", external.get().place());
    } else {
      Status status = context.server().status();
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
    properties.with("facility", context.settings().facilityName().value());
    if (reachable) {
      FacilityServices desk = context.desk();
      properties
          .with("schema", desk.facility().schemaVersion())
          .with("program", Schema.VERSION)
          .with("region", desk.settings().region())
          .with("zone", desk.settings().zone().getId());
      FacilityStatus.add(properties, desk.checks().state(), context.notes());
    }
    return properties;
  }

  private static CommandLine start(CommandContext context) {
    return Description.of("start", "Start the managed local PostgreSQL.")
        .examples("opd db start")
        .does(() -> {
          Endpoint endpoint = started(context);
          return print(
              context, new Properties().with("state", "RUNNING").with("port", endpoint.port()));
        });
  }

  private static CommandLine stop(CommandContext context) {
    return Description.of("stop", "Stop the managed local PostgreSQL; what was committed stays.")
        .examples("opd db stop")
        .does(() -> {
          requireManaged(context);
          boolean stopped = context.server().stop(context.settings().budget());
          return print(
              context, new Properties().with("state", "STOPPED").with("wasRunning", stopped));
        });
  }

  private static CommandLine url(CommandContext context) {
    return Description.of(
            "url",
            "Print the address of the managed PostgreSQL's administrator, for psql.",
            "It holds the password, which others on this machine can read while it stands in a command"
                + " line.")
        .examples("psql \"$(opd db url)\"")
        .does(() -> {
          Endpoint endpoint = started(context);
          Login login = endpoint.administrator();
          String url =
              "postgresql://%s:%s@127.0.0.1:%d/%s"
                  .formatted(
                      login.user(),
                      URLEncoder.encode(login.password(), StandardCharsets.UTF_8),
                      endpoint.port(),
                      endpoint.database());
          if (context.settings().isJson()) {
            return print(context, new Properties().with("url", url));
          }
          context.surroundings().out().println(url);
          context.surroundings().out().flush();
          return ExitStatus.DONE.code();
        });
  }

  private static Endpoint started(CommandContext context) {
    requireManaged(context);
    return context.server().start(context.settings().budget());
  }

  private static int print(CommandContext context, Properties properties) {
    context.printer().properties(properties);
    return ExitStatus.DONE.code();
  }

  private static void requireManaged(CommandContext context) {
    Optional<String> db = Optional.ofNullable(context.settings().db().value());
    if (db.isPresent()) {
      throw new OpdException(
          ErrorCode.USAGE,
          "the settings name a database, which this program does not manage",
          "see 'opd config' for where --db comes from");
    }
  }
}
