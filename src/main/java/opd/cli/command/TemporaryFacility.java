package opd.cli.command;

import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import opd.cli.session.CommandContext;
import opd.domain.Actor;
import opd.domain.ClockSource;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PhoneKey;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.FacilityConnection;
import opd.store.schema.FacilitySetup;
import opd.store.schema.Removal;

/// The facility in which one day is played. It is dropped when the day ends, and also when somebody
/// stops the program in the middle.
final class TemporaryFacility implements AutoCloseable {
  private static final String REGION = "IN";
  private static final Actor SIMULATION = new Actor("simulation");
  private static final int MOST_DROPS = 5;

  private final CommandContext context;
  private final boolean keep;
  private final PhoneKey phoneKey;
  private final FacilitySettings place;
  private final FacilityName name =
      new FacilityName("sim_" + Long.toString(new SecureRandom().nextLong(1L << 60), 36));
  private final Removal removal;
  private final Thread onStop = new Thread(this::stopped);
  private final List<FacilityConnection> databases = new ArrayList<>();
  private boolean isStopped;

  private TemporaryFacility(
      CommandContext context, boolean keep, PhoneKey phoneKey, FacilitySettings place) {
    this.place = place;
    this.context = context;
    this.keep = keep;
    this.phoneKey = phoneKey;
    this.removal = new Removal(context.facilities().administrator(name));
  }

  /// @param keep whether it stays after the day; not if the program is stopped
  /// @param phoneKey the same for the same day
  /// @param zone of its clock on the wall
  static TemporaryFacility make(
      CommandContext context, boolean keep, PhoneKey phoneKey, ZoneId zone) {
    var place = new FacilitySettings(REGION, zone, ClockSource.SIMULATION);
    TemporaryFacility facility = new TemporaryFacility(context, keep, phoneKey, place);
    try {
      Runtime.getRuntime().addShutdownHook(facility.onStop);
    } catch (IllegalStateException e) {
      awaitEndOfProgram();
    }
    try {
      facility.migrate();
    } catch (OpdException e) {
      facility.end(false);
      throw e;
    }
    return facility;
  }

  DatabaseSettings settings() {
    return context.facilities().desk(name).forSimulation();
  }

  /// A connection for a desk's work. It is broken off when somebody stops the program, and at once
  /// when somebody has stopped it already.
  synchronized FacilityConnection open(DatabaseSettings settings) {
    FacilityConnection database = new FacilityConnection(settings);
    databases.add(database);
    if (isStopped) {
      database.breakOff();
    }
    return database;
  }

  /// Excludes [#stopped()] for as long as it takes, so that no facility is dropped half made and
  /// then finished.
  private synchronized void migrate() {
    if (!isStopped) {
      context.facilities().migrate(name, FacilitySetup.of(place, phoneKey, SIMULATION));
    }
  }

  @Override
  public void close() {
    end(keep);
  }

  private void end(boolean stays) {
    try {
      if (stays) {
        context.progress("kept as facility " + name);
      } else {
        drop();
      }
    } finally {
      takeBackHook();
    }
  }

  private void takeBackHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(onStop);
    } catch (IllegalStateException e) {
      awaitEndOfProgram();
    }
  }

  private synchronized void stopped() {
    isStopped = true;
    databases.forEach(FacilityConnection::breakOff);
    try {
      drop();
    } catch (OpdException e) {
      context.progress("facility " + name + " is left behind: " + e.getMessage());
    }
  }

  /// Tries again a few times: when the program is stopped a desk's last transaction may still hold
  /// locks, and then the server may refuse the drop.
  private synchronized void drop() {
    long end = System.nanoTime() + context.settings().budget().toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        removal.dropIfThere();
        return;
      } catch (OpdException e) {
        boolean isOver = attempt == MOST_DROPS || System.nanoTime() > end;
        if (e.code() != ErrorCode.DATABASE_BUSY || isOver) {
          throw e;
        }
      }
    }
  }

  /// Keeps this thread from going on while the program is being stopped: its day would fail without
  /// the facility, and nobody needs that report.
  private static void awaitEndOfProgram() {
    CountDownLatch never = new CountDownLatch(1);
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException e) {
        // Only the end of the process ends this.
      }
    }
  }
}
