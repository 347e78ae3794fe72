package opd.cli.command;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import opd.cli.session.CommandContext;
import opd.domain.Actor;
import opd.domain.ClockSource;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PhoneKey;
import opd.service.AuditService;
import opd.service.FacilityServices;
import opd.store.connection.DecisionClock;
import opd.store.connection.FacilityConnection;
import opd.store.schema.FacilitySetup;
import opd.store.schema.Migrations;
import opd.store.schema.Removal;

/// The facility `demo`, to play with. Only one that `opd demo` made is ever taken away: a hospital
/// may have called one of its own so.
public final class DemoFacility {
  public static final FacilityName NAME = new FacilityName("demo");

  /// Who makes its day. The first entry of its log shows by this whose facility it is.
  public static final Actor ACTOR = new Actor("demo");

  private final CommandContext context;

  public DemoFacility(CommandContext context) {
    this.context = context;
  }

  /// Makes its tables.
  ///
  /// @throws OpdException USAGE when there is a facility of that name
  public void make(ZoneId zone) {
    if (migrations().exists()) {
      throw new OpdException(
          ErrorCode.USAGE,
          "there is a facility demo already",
          "look at it with 'opd --facility demo slot list', or take it away with 'opd demo"
              + " --remove'");
    }
    FacilitySettings settings = new FacilitySettings("IN", zone, ClockSource.DATABASE);
    context.facilities().migrate(NAME, FacilitySetup.of(settings, PhoneKey.random(), ACTOR));
  }

  /// Drops it with all that it holds.
  ///
  /// @throws OpdException FACILITY_NOT_FOUND; USAGE when somebody else made it
  public void remove() {
    Migrations migrations = migrations();
    if (!migrations.exists()) {
      throw Migrations.notFound(NAME);
    }
    if (!isOurs()) {
      throw new OpdException(
          ErrorCode.USAGE,
          "the facility demo was not made by 'opd demo'",
          "it is left as it is; 'opd --facility demo audit --limit 1' shows who made it");
    }
    new Removal(context.facilities().administrator(NAME)).drop();
  }

  private Migrations migrations() {
    return new Migrations(context.facilities().administrator(NAME));
  }

  private boolean isOurs() {
    List<String> actors = new ArrayList<>();
    try (FacilityConnection connection =
            new FacilityConnection(context.facilities().administrator(NAME));
        FacilityServices desk =
            FacilityServices.open(connection, new DecisionClock.OfDatabase(), () -> new byte[0])) {
      desk.audit().read(AuditService.Query.first(1), entry -> actors.add(entry.actor()));
    }
    return actors.stream().allMatch(ACTOR.name()::equals);
  }
}
